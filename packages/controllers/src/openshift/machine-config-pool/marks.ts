/** Labels and annotations of pools and of what is made for them. */
export const marks = {
  /** Label of a MachineConfig that rules made: the pool it was made for. */
  generatedFor: 'pullpath.dev/generated-for',
  /** Label of a merged configuration: its pool. */
  renderedFor: 'pullpath.dev/rendered-for',
  /** Annotation of a pool: the configuration that nodes go back to. */
  pinned: 'pullpath.dev/pinned-config',
  /** Annotation of a pool: the configuration that they go back from; another one ends the pin. */
  pinnedOver: 'pullpath.dev/pinned-over',
} as const;
