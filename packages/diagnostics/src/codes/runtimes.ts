/** Exports to other runtimes. */
export const runtimeCodes = {} as const;
