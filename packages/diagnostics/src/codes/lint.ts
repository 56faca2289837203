/** Lint rules: one code per rule. */
export const lintCodes = {} as const;
