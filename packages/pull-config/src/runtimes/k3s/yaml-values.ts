import type { DiagnosticCode } from '@pullpath/diagnostics';
import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';

/** A value of a YAML document; undefined where there is none. */
export type YamlValue = Node | null | undefined;

/** Reads values as go-yaml decodes them into Go types; what has the wrong type is reported and read as nothing. */
export interface YamlReader {
  readonly root: YamlValue;
  /** The values of a mapping by key, in the order of the text; of two with one key the last. */
  entries(value: YamlValue): ReadonlyMap<string, YamlValue>;
  /** As `entries`; keys that are not `known` are reported and left out. */
  fields(value: YamlValue, known: readonly string[]): ReadonlyMap<string, YamlValue>;
  strings(value: YamlValue): readonly string[];
  /** Any scalar as it is written, empty for null. */
  string(value: YamlValue): string;
  boolean(value: YamlValue): boolean;
}

/** Takes a fault at the offsets of a value. It must not quote the value, which may be a secret. */
export type ReportYaml = (
  code: DiagnosticCode,
  message: string,
  at: readonly [number, number],
  expected?: string,
) => void;

export function createReader(document: Document, report: ReportYaml): YamlReader {
  const resolved = (value: YamlValue): YamlValue => (isAlias(value) ? value.resolve(document) : value);
  const refuse = (value: Node, expected: string): void =>
    report('registries-yaml-syntax', 'the value has the wrong type', rangeOf(value), expected);
  const entries = (given: YamlValue): Map<string, YamlValue> => {
    const value = resolved(given);
    if (isEmpty(value)) return new Map();
    if (isMap<Node, Node>(value)) return new Map(value.items.map(({ key, value: of }) => [textOf(key), of]));
    refuse(value, 'a mapping');
    return new Map();
  };
  const string = (given: YamlValue): string => {
    const value = resolved(given);
    if (isEmpty(value)) return '';
    if (isScalar(value)) return textOf(value);
    refuse(value, 'a string');
    return '';
  };
  return {
    root: document.contents,
    entries,
    string,
    fields(given, known) {
      const fields = entries(given);
      const value = resolved(given);
      for (const { key } of isMap<Node, Node>(value) ? value.items : []) {
        if (known.includes(textOf(key))) continue;
        fields.delete(textOf(key));
        report(
          'registries-yaml-unknown-key',
          `k3s does not know the key ${JSON.stringify(textOf(key))}`,
          rangeOf(key),
          `one of ${known.join(', ')}`,
        );
      }
      return fields;
    },
    strings(given) {
      const value = resolved(given);
      if (isEmpty(value)) return [];
      if (isSeq<Node>(value)) return value.items.map(string);
      refuse(value, 'a list of strings');
      return [];
    },
    boolean(given) {
      const value = resolved(given);
      if (isEmpty(value)) return false;
      if (isScalar(value) && typeof value.value === 'boolean') return value.value;
      refuse(value, 'true or false');
      return false;
    },
  };
}

function isEmpty(value: YamlValue): value is null | undefined {
  return value === null || value === undefined || (isScalar(value) && value.value === null);
}

function textOf(value: Node): string {
  return isScalar(value) ? (value.source ?? String(value.value)) : String(value);
}

function rangeOf({ range }: Node): readonly [number, number] {
  return range ? [range[0], range[1]] : [0, 0];
}
