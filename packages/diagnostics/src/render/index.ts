import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import type { Renderer } from './options.ts';
import { renderPretty } from './pretty.ts';
import { renderSarif } from './sarif.ts';

export type DiagnosticFormat = 'pretty' | 'json' | 'sarif' | 'junit' | 'github';

/** Every output format by the name that `--format` takes. */
export const renderers: Readonly<Record<DiagnosticFormat, Renderer>> = {
  pretty: renderPretty,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
};
