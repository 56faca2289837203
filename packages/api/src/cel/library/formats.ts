import { formats, isBase64 } from '../../schema/formats.ts';
import { isDnsLabel, isDnsSubdomain } from '../../schema/names.ts';
import { matchesPattern } from '../../schema/patterns.ts';
import type { Implementations } from '../run/functions/implementation.ts';
import { type LibraryValue, Optional } from '../run/values.ts';

/** `kubernetes.NamedFormat`. */
class Format implements LibraryValue {
  readonly celType = 'kubernetes.NamedFormat';
  readonly problem: string;
  readonly accepts: (text: string) => boolean;

  constructor(problem: string, accepts: (text: string) => boolean) {
    this.problem = problem;
    this.accepts = accepts;
  }

  get key(): string {
    return this.problem;
  }
}

const qualifiedName = '^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$';

/** The formats that rules may name (`k8s.io/apiserver/pkg/cel/library` format), by the function that gives them. */
const byName: ReadonlyMap<string, Format> = new Map([
  ['dns1123Label', new Format('must be a lower-case RFC 1123 label', isDnsLabel)],
  ['dns1123Subdomain', new Format('must be a lower-case RFC 1123 subdomain', isDnsSubdomain)],
  ['dns1035Label', new Format('must be an RFC 1035 label', (text) => isDnsLabel(text) && /^[a-z]/.test(text))],
  [
    'dns1123LabelPrefix',
    new Format('must be the start of an RFC 1123 label', (text) => isDnsLabel(text.replace(/-$/, ''))),
  ],
  [
    'dns1123SubdomainPrefix',
    new Format('must be the start of an RFC 1123 subdomain', (text) => isDnsSubdomain(text.replace(/-$/, ''))),
  ],
  ['qualifiedName', new Format('must be a qualified name', isQualifiedName)],
  ['labelValue', new Format('must be a label value', (text) => text === '' || isNamePart(text))],
  [
    'uri',
    new Format(
      'must be an absolute URI or path',
      (text) => text.startsWith('/') || matchesPattern('^[A-Za-z][A-Za-z0-9+.-]*:', text),
    ),
  ],
  ['uuid', new Format('must be a UUID', formats.get('uuid') ?? (() => false))],
  ['byte', new Format('must be base64', isBase64)],
  ['date', new Format('must be a date', formats.get('date') ?? (() => false))],
  ['datetime', new Format('must be a date and time of RFC 3339', formats.get('date-time') ?? (() => false))],
]);

/** `format.dns1123Subdomain().validate(text)`: an optional list of problems, none where the text is fine. */
export const formatLibrary: Implementations = {
  ...Object.fromEntries([...byName].map(([name, format]) => [`format.${name}`, () => format] as const)),
  'format-named': named,
  'format-validate': problems,
};

function named(name: string): Optional {
  const format = byName.get(name);
  return format ? Optional.of(format) : Optional.none;
}

function problems(format: Format, text: string): Optional {
  return format.accepts(text) ? Optional.none : Optional.of([format.problem]);
}

function isNamePart(text: string): boolean {
  return text.length <= 63 && matchesPattern(qualifiedName, text);
}

function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  return isNamePart(text.slice(slash + 1)) && (slash === -1 || isDnsSubdomain(text.slice(0, slash)));
}
