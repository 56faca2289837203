import type { Diagnostic } from '@pullpath/diagnostics';
import type { FlagValues } from './flag-values.ts';

/** The files that flags name. Each is asked for by its flag; what is wrong with it comes along. */
export interface ClusterFiles {
  /** The text of a file; undefined when the flag is not given, or its file cannot be read (`unreadable` says so). */
  text(flag: string): NamedText | undefined;
  texts(flag: string): readonly NamedText[];
  json(flag: string): { readonly data?: unknown; readonly diagnostics: readonly Diagnostic[] };
}

export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** What a file is called when it cannot be read or understood. */
export const fileTitles: Readonly<Record<string, string>> = {
  'pull-secret': 'pull secret file',
  'ssh-key': 'ssh key file',
  'additional-trust-bundle': 'additional trust bundle file',
  'image-content-sources': 'image content sources file',
  'image-tag-mirror-set': 'image tag mirror set file',
  'image-mirror-config': 'image mirror config file',
  'infra-json': 'infra json file',
  'iam-json': 'iam json file',
};

/** Looks files up among the texts that were read for the flags. */
export function clusterFiles(flags: FlagValues, contents: ReadonlyMap<string, string>): ClusterFiles {
  const texts = (flag: string): readonly NamedText[] =>
    flags.list(flag).flatMap((file) => {
      const text = contents.get(file);
      return text === undefined ? [] : [{ file, text }];
    });
  return { texts, text: (flag) => texts(flag).at(-1), json: (flag) => jsonOf(flag, texts(flag).at(-1)) };
}

/** A fault for every file that a flag names and nobody could read. */
export function unreadableFiles(flags: FlagValues, contents: ReadonlyMap<string, string>): readonly Diagnostic[] {
  return Object.entries(fileTitles).flatMap(([flag, title]) =>
    flags
      .list(flag)
      .filter((file) => !contents.has(file))
      .map((file): Diagnostic => {
        const message = `failed to read ${title} "${file}"`;
        return { code: 'create-cluster-file-unreadable', severity: 'error', message };
      }),
  );
}

function jsonOf(flag: string, named: NamedText | undefined): ReturnType<ClusterFiles['json']> {
  if (!named) return { diagnostics: [] };
  try {
    return { data: JSON.parse(named.text), diagnostics: [] };
  } catch {
    const message = `failed to load ${fileTitles[flag]} "${named.file}": it is no JSON`;
    return { diagnostics: [{ code: 'create-cluster-file', severity: 'error', message }] };
  }
}
