import { installConfigKind, loadManifests, type Source } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { diagnose } from '../diagnose.ts';

/** A text with its migrated form. */
export interface MigratedText {
  /** Absent when there is an error; equal to the input when there is nothing to do. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * install-config with `imageContentSources` renamed to `imageDigestSources`, everything else untouched, comments and
 * layout included. Entries mean the same in both; only the newer list can set `sourcePolicy`.
 */
export function migrateInstallConfig(source: Source): MigratedText {
  const { objects, diagnostics } = loadManifests([source]);
  if (hasErrors(diagnostics)) return { diagnostics };
  const config = objects.find(({ object }) => object.kind === installConfigKind);
  const origin = config && { of: config, path: ['imageContentSources'] };
  if (!config || !origin || config.object['imageContentSources'] === undefined) {
    return { text: source.text, diagnostics: [...diagnostics, nothingToDo(source.file)] };
  }
  if (config.object['imageDigestSources'] !== undefined) {
    const message = 'cannot set imageContentSources and imageDigestSources at the same time';
    return { diagnostics: [...diagnostics, diagnose('error', 'install-config-both-sources', message, origin)] };
  }
  const key = config.source?.keySpan(origin.path);
  return { text: key ? renamed(source.text, key.start.offset, key.end.offset) : source.text, diagnostics };
}

// Keys of JSON and quoted keys of YAML keep their quotes.
function renamed(text: string, start: number, end: number): string {
  const key = text.slice(start, end).replace('imageContentSources', 'imageDigestSources');
  return text.slice(0, start) + key + text.slice(end);
}

function nothingToDo(file: string): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  const message = 'there is no imageContentSources to migrate';
  return { code: 'content-sources-none', severity: 'info', message, at: { file, start, end: start } };
}
