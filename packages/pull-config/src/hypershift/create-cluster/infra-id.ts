import { hashSimple } from '../node-pool/fnv.ts';

/**
 * An infrastructure ID for a cluster, at most 27 characters: its name and five characters. Upstream draws these at random;
 * here they follow from namespace and name, so that equal input renders equal text.
 */
export function infraIdOf(namespace: string, name: string): string {
  const base = Array.from(name.slice(0, maxLength - suffixLength - 1)).join('');
  return `${withoutTrailingDashes(base)}-${suffixOf(`${namespace}/${name}`)}`;
}

const maxLength = 27;
const suffixLength = 5;
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

function suffixOf(text: string): string {
  let rest = Number.parseInt(hashSimple(text), 16);
  let suffix = '';
  for (let length = 0; length < suffixLength; length++) {
    suffix += alphabet[rest % alphabet.length];
    rest = Math.floor(rest / alphabet.length);
  }
  return suffix;
}

function withoutTrailingDashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '-') end--;
  return text.slice(0, end);
}
