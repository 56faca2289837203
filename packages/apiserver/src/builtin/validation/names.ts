import type { NameCheck } from '../../rest/name-grammar.ts';

/** Names that need only fit into one segment of a path: RBAC kinds. */
export const pathSegmentFaults: NameCheck = (name) => {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
};

const keyText = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
const keyExamples = "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** Keys of ConfigMaps and Secrets. Source: apimachinery `IsConfigMapKey`. */
export const configKeyFaults: NameCheck = (key) => [
  ...(key.length > 253 ? ['must be no more than 253 characters'] : []),
  ...(/^[-._a-zA-Z0-9]+$/.test(key) ? [] : [`${keyText} ${keyExamples}`]),
  ...directoryFaults(key),
];

function directoryFaults(key: string): string[] {
  if (key === '.' || key === '..') return [`must not be '${key}'`];
  return key.startsWith('..') ? ["must not start with '..'"] : [];
}

/** Names of ports: lower case, digits and single dashes, 15 characters at most. */
export const portNameFaults: NameCheck = (name) => [
  ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
  ...(/^[-a-z0-9]+$/.test(name) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
  ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(name !== '' && (name.startsWith('-') || name.endsWith('-')) ? ['must not begin or end with a hyphen'] : []),
];
