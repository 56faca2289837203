import type { Diagnostic } from '../diagnostic.ts';

export interface RenderOptions {
  /** The texts that were read, by file name: source lines are shown from here, and clean files are known. */
  readonly sources?: ReadonlyMap<string, string> | undefined;
  /** Terminal colours; off by default. */
  readonly color?: boolean | undefined;
}

/** One output format. The result ends with a line break, or is empty. */
export type Renderer = (diagnostics: readonly Diagnostic[], options?: RenderOptions) => string;
