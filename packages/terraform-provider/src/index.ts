export { providerAddress, providerVersion } from './provider/address.ts';
