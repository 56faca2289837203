/** A place in a text. Lines and columns count from 1; `offset` counts UTF-16 units from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of one file, end exclusive. It survives YAML inside a ConfigMap string: it always points into the outer file. */
export interface SourceSpan {
  /** As the user named it; `-` for standard input. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Replace `at` by `text`. Edits of one fix never overlap. */
export interface TextEdit {
  readonly at: SourceSpan;
  readonly text: string;
}
