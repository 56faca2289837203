/** What is wrong with a text as some kind of name, in the server's words; empty where nothing is. */
export type NameCheck = (text: string) => readonly string[];

const labelFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const subdomainFormat = String.raw`${labelFormat}(\.${labelFormat})*`;
const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const dns1035Format = '[a-z]([-a-z0-9]*[a-z0-9])?';
const dns1035Text =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const keyFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const keyText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** RFC 1123 subdomain, 253 bytes at most: names of most kinds. Source: apimachinery `validate/content`. */
export const dnsSubdomainFaults: NameCheck = (text) => [
  ...tooLong(text, 253, 'characters'),
  ...(isSubdomain(text) ? [] : [formatFault(subdomainText, subdomainFormat, 'example.com')]),
];

/** RFC 1123 label, 63 bytes at most: names of namespaces. */
export const dnsLabelFaults: NameCheck = (text) => {
  if (isLabel(text)) return tooLong(text, 63, 'characters');
  const fault = isSubdomain(text) ? 'must not contain dots' : formatFault(labelText, labelFormat, 'my-name', '123-abc');
  return [...tooLong(text, 63, 'characters'), fault];
};

/** DNS-1035 label: resource names and kinds of CustomResourceDefinitions. */
export const dns1035LabelFaults: NameCheck = (text) => [
  ...tooLong(text, 63, 'characters'),
  ...(isLabel(text) && isLowerLetter(text.charCodeAt(0))
    ? []
    : [formatFault(dns1035Text, dns1035Format, 'my-name', 'abc-123')]),
];

/** Label keys, annotation keys and finalizers: a name with an optional `<subdomain>/` before it. */
export const qualifiedNameFaults: NameCheck = (text) => {
  const parts = text.split('/');
  const [first = '', second] = parts;
  if (parts.length > 2) {
    const format = formatFault(keyText, keyFormat, 'MyName', 'my.name', '123-abc');
    return [`a valid label key ${format} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  return second === undefined ? keyNameFaults(first) : [...prefixFaults(first), ...keyNameFaults(second)];
};

/** Values of labels. */
export const labelValueFaults: NameCheck = (text) => [
  ...tooLong(text, 63),
  ...(text === '' || isKeyName(text)
    ? []
    : [formatFault(valueText, `(${keyFormat})?`, 'MyValue', 'my_value', '12345')]),
];

function prefixFaults(prefix: string): string[] {
  const format = isSubdomain(prefix) ? [] : [formatFault(subdomainText, subdomainFormat, 'example.com')];
  const faults = prefix === '' ? ['must be non-empty'] : [...tooLong(prefix, 253), ...format];
  return faults.map((fault) => `prefix part ${fault}`);
}

function keyNameFaults(name: string): string[] {
  const length = name === '' ? ['must be non-empty'] : tooLong(name, 63);
  const format = isKeyName(name) ? [] : [formatFault(keyText, keyFormat, 'MyName', 'my.name', '123-abc')];
  return [...length, ...format].map((fault) => `name part ${fault}`);
}

// Bytes are counted either way; names are told of characters.
function tooLong(text: string, limit: number, unit: 'bytes' | 'characters' = 'bytes'): string[] {
  return Buffer.byteLength(text) > limit ? [`must be no more than ${limit} ${unit}`] : [];
}

function formatFault(text: string, format: string, ...examples: readonly string[]): string {
  // The double space is the real server's.
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return `${text} (e.g. ${list}regex used for validation is '${format}')`;
}

function isSubdomain(text: string): boolean {
  return text.split('.').every(isLabel);
}

function isLabel(text: string): boolean {
  return everyCode(text, (code) => isLowerOrDigit(code) || code === 0x2d) && endsWith(text, isLowerOrDigit);
}

function isKeyName(text: string): boolean {
  const inside = (code: number): boolean => isAlphanumeric(code) || code === 0x2d || code === 0x5f || code === 0x2e;
  return everyCode(text, inside) && endsWith(text, isAlphanumeric);
}

function everyCode(text: string, holds: (code: number) => boolean): boolean {
  for (let at = 0; at < text.length; at++) if (!holds(text.charCodeAt(at))) return false;
  return true;
}

/** First and last character; false for the empty text. */
function endsWith(text: string, holds: (code: number) => boolean): boolean {
  return text !== '' && holds(text.charCodeAt(0)) && holds(text.charCodeAt(text.length - 1));
}

function isLowerLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isLowerOrDigit(code: number): boolean {
  return isLowerLetter(code) || (code >= 0x30 && code <= 0x39);
}

function isAlphanumeric(code: number): boolean {
  return isLowerOrDigit(code) || (code >= 0x41 && code <= 0x5a);
}
