/** Migration, install-config and pull secrets. */
export const convertCodes = {} as const;
