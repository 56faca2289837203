import type { ControllerDefinition } from './manager/context.ts';

/** Every controller, in the order in which objects travel: one folder each. */
export const controllers: readonly ControllerDefinition[] = [];
