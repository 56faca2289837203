import type { Diagnostic } from '@pullpath/diagnostics';
import { type CreateClusterFlags, type CreateClusterPlatform, type FlagSpec, flagsOf, valuesOf } from './flags.ts';

/** Flag values after defaults. Texts are empty and lists are without items where nothing is given. */
export interface FlagValues {
  text(name: string): string;
  list(name: string): readonly string[];
  number(name: string): number | undefined;
  isOn(name: string): boolean;
}

/** Reads the flags of a platform: unknown ones, missing ones and values that are not allowed are reported, all of them. */
export function readFlags(
  platform: CreateClusterPlatform,
  flags: CreateClusterFlags,
): { readonly values: FlagValues; readonly diagnostics: readonly Diagnostic[] } {
  const specs = flagsOf(platform);
  const values = new Map(specs.map((spec) => [spec.name, withDefault(spec, flags[spec.name])]));
  const diagnostics = [
    ...unknownFlags(specs, platform, flags),
    ...specs.flatMap((spec) => faultsOf(spec, values.get(spec.name) ?? [])),
    ...exclusiveFlags(flags),
  ];
  const list = (name: string): readonly string[] => values.get(name) ?? [];
  const text = (name: string): string => list(name).at(-1) ?? '';
  return {
    values: {
      text,
      list,
      number: (name) => (text(name) === '' ? undefined : Number(text(name))),
      isOn: (name) => flags[name] === true || flags[name] === 'true',
    },
    diagnostics,
  };
}

/** A usage fault: it concerns the command line, so it has no place in a file. */
export function usageFault(message: string, hint?: string): Diagnostic {
  return { code: 'create-cluster-flag', severity: 'error', message, ...(hint !== undefined && { hint }) };
}

function withDefault(spec: FlagSpec, value: CreateClusterFlags[string]): readonly string[] {
  const given = valuesOf(value).filter((text) => text !== '');
  const texts = spec.kind === 'comma' ? given.flatMap((text) => text.split(',')) : given;
  return texts.length === 0 && spec.default !== undefined ? [spec.default] : texts;
}

function unknownFlags(
  specs: readonly FlagSpec[],
  platform: CreateClusterPlatform,
  flags: CreateClusterFlags,
): readonly Diagnostic[] {
  const given = Object.keys(flags).filter((name) => flags[name] !== undefined);
  return given
    .filter((name) => !specs.some((spec) => spec.name === name))
    .map((name) => usageFault(`"create cluster ${platform}" has no flag --${name}`));
}

function faultsOf({ name, kind, choices, isRequired }: FlagSpec, values: readonly string[]): readonly Diagnostic[] {
  if (values.length === 0) return isRequired ? [usageFault(`--${name} is required`)] : [];
  const wrong = values.filter((value) => choices !== undefined && !choices.includes(value));
  const choice = wrong.map((value) => usageFault(`--${name}: "${value}" is none of ${choices?.join(', ')}`));
  const number = kind === 'number' ? values.filter((value) => !isInteger(value)) : [];
  return [...choice, ...number.map((value) => usageFault(`--${name}: "${value}" is no whole number`))];
}

function isInteger(text: string): boolean {
  const digits = text.startsWith('-') ? text.slice(1) : text;
  return digits !== '' && digits.length < 10 && Array.from(digits).every((digit) => digit >= '0' && digit <= '9');
}

function exclusiveFlags(flags: CreateClusterFlags): readonly Diagnostic[] {
  const [config, ref] = ['image-mirror-config', 'image-mirror-config-ref'];
  if (flags[config] === undefined || flags[ref] === undefined) return [];
  return [usageFault(`--${config} and --${ref} exclude each other`)];
}
