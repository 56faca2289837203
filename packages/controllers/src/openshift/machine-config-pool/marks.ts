/** Labels of what is made for pools. */
export const marks = {
  /** A MachineConfig that rules made: the pool it was made for. */
  generatedFor: 'pullpath.dev/generated-for',
  /** A merged configuration: its pool. */
  renderedFor: 'pullpath.dev/rendered-for',
} as const;
