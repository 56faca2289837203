/** Resolving and explaining pulls. */
export const pullCodes = {} as const;
