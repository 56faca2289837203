export { type Random, seeded } from '@pullpath/testkit';
