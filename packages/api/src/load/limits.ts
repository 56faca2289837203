/** What one file may cost. Everything above a limit is a diagnostic, never a slow or dying process. */
export interface LoadLimits {
  /** Size of a file in bytes, and of a text in UTF-16 units. */
  readonly maxSize: number;
  /** Lexical tokens of one text; bounds time and memory of parsing. */
  readonly maxTokens: number;
  /** YAML documents of one text. */
  readonly maxDocuments: number;
  /** Collections inside each other. */
  readonly maxDepth: number;
  /** Nodes that aliases and merge keys of one document add to it (go-yaml begins to refuse at the same figure). */
  readonly maxAliasNodes: number;
  /** Syntax errors after which parsing of a text stops. */
  readonly maxSyntaxErrors: number;
  /** Diagnostics kept for one file; the rest is counted. */
  readonly maxDiagnostics: number;
}

export const defaultLimits: LoadLimits = {
  maxSize: 16 * 1024 * 1024,
  maxTokens: 2_000_000,
  maxDocuments: 50_000,
  maxDepth: 200,
  maxAliasNodes: 400_000,
  maxSyntaxErrors: 1000,
  maxDiagnostics: 100,
};
