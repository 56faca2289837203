import { isCustom } from '../resources/catalog.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { metadataOf } from './metadata.ts';

export type Matcher = (object: StoredObject) => boolean;

/** Matches everything; what an absent selector means. */
export const everything: Matcher = () => true;

/** Parses `metadata.name=x,spec.nodeName!=y`. Throws `ApiError` 400 for a field that the resource cannot be selected by. */
export function parseFieldSelector(text: string | undefined, resource: ResourceDefinition): Matcher {
  if (!text?.trim()) return everything;
  const terms = splitTerms(text)
    .filter((term) => term !== '')
    .map((term) => parseFieldTerm(term, resource));
  return (object) => terms.every((holds) => holds(object));
}

/** Splits at commas that no backslash takes the meaning from. Source: apimachinery `fields.splitTerms`. */
function splitTerms(text: string): string[] {
  const terms = [''];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === ',') terms.push('');
    else terms[terms.length - 1] += character === '\\' ? character + (text[++at] ?? '') : character;
  }
  return terms;
}

function parseFieldTerm(term: string, resource: ResourceDefinition): Matcher {
  const operator = ['!=', '==', '='].find((candidate) => term.includes(candidate));
  if (!operator) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const at = term.indexOf(operator);
  const read = fieldReader(term.slice(0, at), resource);
  const wanted = unescaped(term.slice(at + operator.length));
  return operator === '!=' ? (object) => read(object) !== wanted : (object) => read(object) === wanted;
}

/** The value that `\\`, `\,` and `\=` stand for. Throws `ApiError` 400 for any other escape. */
function unescaped(text: string): string {
  let value = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    const next = text[at + 1] ?? '';
    if (character !== '\\') value += character;
    else if (next !== '' && '\\,='.includes(next)) value += text[++at];
    else throw badRequest(`invalid field selector: invalid escape sequence: \\${next}`);
  }
  return value;
}

function fieldReader(field: string, resource: ResourceDefinition): (object: StoredObject) => string {
  if (field === 'metadata.name') return (object) => metadataOf(object).name ?? '';
  if (field === 'metadata.namespace' && (resource.namespaced || !isCustom(resource)))
    return (object) => metadataOf(object).namespace ?? '';
  const known = resource.strategy.selectableFields;
  if (known && Object.hasOwn(known, field)) return known[field] as (object: StoredObject) => string;
  if (known || isCustom(resource)) throw badRequest(`field label not supported: ${field}`);
  const only = '"metadata.name", "metadata.namespace"';
  throw badRequest(`${JSON.stringify(field)} is not a known field selector: only ${only}`);
}

/** The name that a field selector asks for alone (`metadata.name=x`), or undefined. */
export function selectedName(text: string | undefined): string | undefined {
  const match = /^metadata\.name==?([^,=!]+)$/.exec(text ?? '');
  return match?.[1];
}
