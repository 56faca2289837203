import { formatReference } from '@pullpath/oci';
import {
  isShortName,
  loadRegistriesConf,
  parseAliasValue,
  parseShortNameMode,
  readRegistriesConf,
  resolveAlias,
  resolveShortName,
  type ShortNameMode,
  shortNameFault,
} from '@pullpath/pull-config';
import { confFiles, firstError, type RecordedConf } from './conf-shapes.ts';
import type { Area } from './run-vectors.ts';

interface NamedConf extends RecordedConf {
  readonly name: string;
  readonly mode?: ShortNameMode;
  /** Text of a short-name-aliases.conf. */
  readonly userAliases: string | null;
}

/** node-config `short-names`: containers/image `shortnames` without a terminal. */
export const shortNames: Area = {
  aliasValue: ({ alias }: { alias: string }) => {
    const value = parseAliasValue(alias);
    return value.ok ? { ref: value.value } : { error: { code: value.code } };
  },
  validShortName: ({ name }: { name: string }) => {
    const found = shortNameFault(name);
    return { error: found ? { code: found.code } : null };
  },
  isShortName: ({ name }: { name: string }, expected: object) => ({
    [Object.keys(expected)[0] ?? '']: isShortName(name),
  }),
  shortNameMode: ({ mode }: { mode: string }) => {
    const parsed = parseShortNameMode(mode);
    return parsed ? { mode: parsed } : { error: { code: 'invalid-short-name-mode' } };
  },
  resolveAlias: (input: NamedConf) => {
    const { value, diagnostics } = loadRegistriesConf(...confFiles(input));
    if (!value) return firstError(diagnostics);
    const alias = resolveAlias(value, input.name, userAliases(input));
    return { ref: alias || null, found: alias !== undefined };
  },
  resolveShortName: (input: NamedConf) => {
    const { value, diagnostics } = loadRegistriesConf(...confFiles(input));
    if (!value) return firstError(diagnostics);
    const resolved = resolveShortName(value, input.name, { mode: input.mode, userAliases: userAliases(input) });
    return resolved.ok
      ? { candidates: resolved.value.candidates.map(formatReference) }
      : { error: { code: resolved.code } };
  },
};

function userAliases({ userAliases: text }: NamedConf): Readonly<Record<string, string>> | undefined {
  return readRegistriesConf({ file: 'short-name-aliases.conf', text: text ?? '' }).value?.aliases;
}
