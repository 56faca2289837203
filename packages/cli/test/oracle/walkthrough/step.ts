/** One command block of a document, with what must come of it. */
export interface Step {
  /** The heading that it stands under. */
  readonly title: string;
  /** As the document has it, for a shell; what a user fills in is filled in. */
  readonly run: string;
  /** Folder of `examples/` that it runs in. */
  readonly cwd?: string;
  /** The spec that `oc edit` puts in. */
  readonly edit?: string;
  /** 0 unless set. */
  readonly exit?: number;
  /** Texts and patterns that the output must have. */
  readonly out?: readonly (string | RegExp)[];
  /** Texts and patterns that it must not have. */
  readonly not?: readonly (string | RegExp)[];
  /** Asks for what comes by itself within a minute, so that it may be asked again. */
  readonly comes?: boolean;
}

/** A part of a document, in order. */
export interface Chapter {
  readonly seed: string;
  readonly title: string;
  readonly steps: readonly Step[];
}
