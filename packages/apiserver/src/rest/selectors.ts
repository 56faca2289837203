import type { ResourceDefinition } from '../resources/resource.ts';
import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { metadataOf } from './metadata.ts';

export type Matcher = (object: StoredObject) => boolean;

/** Matches everything; what an absent selector means. */
export const everything: Matcher = () => true;

/** Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k`. Throws `ApiError` 400. */
export function parseLabelSelector(text: string | undefined): Matcher {
  if (!text?.trim()) return everything;
  const requirements = splitTopLevel(text).map(parseRequirement);
  return (object) => {
    const labels = metadataOf(object).labels ?? {};
    return requirements.every((holds) => holds(labels));
  };
}

type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

// Commas inside "in (a,b)" do not separate requirements.
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}

function parseRequirement(text: string): Requirement {
  const set = parseSetRequirement(text);
  if (set) return set;
  const negated = text.indexOf('!=');
  if (negated > 0) return notEqual(text.slice(0, negated).trim(), text.slice(negated + 2).trim());
  const equals = text.indexOf('=');
  if (equals > 0)
    return equal(text.slice(0, equals).trim(), text.slice(text[equals + 1] === '=' ? equals + 2 : equals + 1).trim());
  if (text.startsWith('!')) return absent(checkedKey(text.slice(1).trim(), text));
  return present(checkedKey(text, text));
}

function parseSetRequirement(text: string): Requirement | undefined {
  const open = text.indexOf('(');
  if (open < 0 || !text.endsWith(')')) return undefined;
  const [key = '', operator, ...extra] = text.slice(0, open).trim().split(/\s+/);
  const values = new Set(
    text
      .slice(open + 1, -1)
      .split(',')
      .map((value) => value.trim()),
  );
  if (extra.length > 0 || (operator !== 'in' && operator !== 'notin')) throw unparsable(text);
  const has: Requirement = (labels) => Object.hasOwn(labels, key) && values.has(labels[key] as string);
  return operator === 'in' ? has : (labels) => !has(labels);
}

function equal(key: string, value: string): Requirement {
  return (labels) => Object.hasOwn(labels, key) && labels[key] === value;
}

function notEqual(key: string, value: string): Requirement {
  const same = equal(key, value);
  return (labels) => !same(labels);
}

function present(key: string): Requirement {
  return (labels) => Object.hasOwn(labels, key);
}

function absent(key: string): Requirement {
  return (labels) => !Object.hasOwn(labels, key);
}

function checkedKey(key: string, text: string): string {
  if (key === '' || /[\s()<>=!]/.test(key)) throw unparsable(text);
  return key;
}

function unparsable(text: string): Error {
  return badRequest(`unable to parse requirement: found '${text}', expected: a label selector`);
}

/** Parses `metadata.name=x,spec.nodeName!=y`. Throws `ApiError` 400 for a field that the resource cannot be selected by. */
export function parseFieldSelector(text: string | undefined, resource: ResourceDefinition): Matcher {
  if (!text?.trim()) return everything;
  const terms = text.split(',').map((term) => parseFieldTerm(term.trim(), resource));
  return (object) => terms.every((holds) => holds(object));
}

function parseFieldTerm(term: string, resource: ResourceDefinition): Matcher {
  const operator = ['!=', '==', '='].find((candidate) => term.includes(candidate));
  if (!operator) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const at = term.indexOf(operator);
  const read = fieldReader(term.slice(0, at), resource);
  const wanted = term.slice(at + operator.length);
  return operator === '!=' ? (object) => read(object) !== wanted : (object) => read(object) === wanted;
}

function fieldReader(field: string, resource: ResourceDefinition): (object: StoredObject) => string {
  if (field === 'metadata.name') return (object) => metadataOf(object).name ?? '';
  if (field === 'metadata.namespace') return (object) => metadataOf(object).namespace ?? '';
  const known = resource.strategy.selectableFields;
  if (known && Object.hasOwn(known, field)) return known[field] as (object: StoredObject) => string;
  throw badRequest(`field label not supported: ${field}`);
}

/** The name that a field selector asks for alone (`metadata.name=x`), or undefined. */
export function selectedName(text: string | undefined): string | undefined {
  const match = /^metadata\.name==?([^,=!]+)$/.exec(text ?? '');
  return match?.[1];
}
