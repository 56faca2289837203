import type { Result } from '@pullpath/oci';
import type { Path } from '../../load/located.ts';
import type { FieldError } from '../../schema/field-error.ts';
import type { JsonMap } from '../../schema/json.ts';
import { checkFault } from './fault.ts';
import { mapsAt, textAt } from './read.ts';
import { isVersion } from './semver.ts';
import { uniqueImageName } from './unique-name.ts';

/** What is wrong with catalogs and the packages chosen of them (oc-mirror v2 `validateOperatorOptions`). */
export function catalogFaults(operators: readonly JsonMap[], path: Path): FieldError[] {
  const names = nameFaults(operators, path);
  return operators.flatMap((operator, index) => [
    ...(names[index] ?? []),
    ...packageFaults(operator, [...path, index, 'packages']),
  ]);
}

/** The same for a DeleteImageSetConfiguration, which looks at the names of the catalogs alone. */
export function catalogNameFaults(operators: readonly JsonMap[], path: Path): FieldError[] {
  return nameFaults(operators, path).flat();
}

/** Per catalog: a target that is no path, and a unique name that came before. A name that cannot be told counts as empty. */
function nameFaults(operators: readonly JsonMap[], path: Path): FieldError[][] {
  const names = operators.map(uniqueNameOf);
  const repeated = repeats(names.map(nameOrEmpty));
  return names.map((name, index) => {
    const field = !name.ok && name.code === 'target-path-invalid' ? 'targetCatalog' : 'catalog';
    const faults = name.ok ? [] : [checkFault([...path, index, field], name.message)];
    if (!repeated[index]) return faults;
    const text = `catalog ${quote(nameOrEmpty(name))}: duplicate found in configuration`;
    return [...faults, checkFault([...path, index, 'catalog'], text, 'Duplicate')];
  });
}

function uniqueNameOf(operator: JsonMap): Result<string> {
  return uniqueImageName(textAt(operator, 'catalog'), textAt(operator, 'targetCatalog'), textAt(operator, 'targetTag'));
}

function nameOrEmpty(name: Result<string>): string {
  return name.ok ? name.value : '';
}

function packageFaults(operator: JsonMap, path: Path): FieldError[] {
  const packages = mapsAt(operator, 'packages');
  const repeated = repeats(packages.map((item) => textAt(item, 'name')));
  const catalog = quote(textAt(operator, 'catalog'));
  return packages.flatMap((item, index) => {
    const at = [...path, index];
    const name = quote(textAt(item, 'name'));
    const subject = `catalog ${catalog}: operator ${name}`;
    return [
      ...duplicate(repeated[index], at, `catalog ${catalog}: duplicate package entry ${name}`),
      ...versionFaults(item, subject, at),
      ...channelFaults(item, subject, [...at, 'channels']),
    ];
  });
}

function channelFaults(item: JsonMap, subject: string, path: Path): FieldError[] {
  const channels = mapsAt(item, 'channels');
  const repeated = repeats(channels.map((channel) => textAt(channel, 'name')));
  return channels.flatMap((channel, index) => {
    const at = [...path, index];
    const name = quote(textAt(channel, 'name'));
    const mixed = hasRange(channel) && hasRange(item) ? [checkFault(at, `${subject}: ${mixedRanges}`)] : [];
    return [
      ...duplicate(repeated[index], at, `${subject}: duplicate channel entry ${name}`),
      ...versionFaults(channel, `${subject}: channel ${name}`, at),
      ...mixed,
    ];
  });
}

const mixedRanges =
  'mixing both filtering by minVersion/maxVersion and filtering by channel minVersion/maxVersion is not allowed';

function versionFaults(item: JsonMap, subject: string, path: Path): FieldError[] {
  return ['maxVersion', 'minVersion'].flatMap((field) => {
    const version = textAt(item, field);
    if (version === '' || isVersion(version)) return [];
    return [
      checkFault([...path, field], `${subject}: ${field} ${quote(version)} must respect semantic versioning notation`),
    ];
  });
}

function duplicate(repeated: boolean | undefined, path: Path, text: string): FieldError[] {
  return repeated ? [checkFault([...path, 'name'], text, 'Duplicate')] : [];
}

/** For each text whether it came before. */
function repeats(texts: readonly string[]): boolean[] {
  const seen = new Set<string>();
  return texts.map((text) => seen.size === seen.add(text).size);
}

function hasRange(item: JsonMap): boolean {
  return textAt(item, 'minVersion') !== '' || textAt(item, 'maxVersion') !== '';
}

function quote(text: string): string {
  return JSON.stringify(text);
}
