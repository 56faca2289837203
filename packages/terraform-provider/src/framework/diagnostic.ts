/** The way to an attribute: names of attributes, indexes of lists, keys of maps. */
export type AttributePath = readonly (string | number | MapKey)[];

export interface MapKey {
  readonly key: string;
}

/** What Terraform prints as a box; with a path it shows the line of the configuration. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly path?: AttributePath;
}

export function error(summary: string, detail: string, path?: AttributePath): Diagnostic {
  return { severity: 'error', summary, detail, ...(path === undefined ? {} : { path }) };
}

export function warning(summary: string, detail: string, path?: AttributePath): Diagnostic {
  return { severity: 'warning', summary, detail, ...(path === undefined ? {} : { path }) };
}

/** The path as the framework of published providers prints it: `a.b[0]["key"]`. */
export function pathText(path: AttributePath): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: string | number | MapKey): string {
  if (typeof step === 'number') return `[${step}]`;
  return typeof step === 'string' ? `.${step}` : `[${JSON.stringify(step.key)}]`;
}

/** An operation that ended with a diagnostic; `state` is what exists all the same, where that differs from before. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string, options: { path?: AttributePath; cause?: unknown } = {}) {
    super(`${summary}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.diagnostic = error(summary, detail, options.path);
  }
}

/** The diagnostic of anything thrown. */
export function diagnosticOf(thrown: unknown): Diagnostic {
  if (thrown instanceof Failure) return thrown.diagnostic;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return error('Provider Error', `The provider failed in a way that it does not know: ${why}. Please report this.`);
}
