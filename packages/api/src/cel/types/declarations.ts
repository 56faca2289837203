import { signatures } from './signatures.ts';
import { listType, mapType, optionalType, paramType, simpleTypes, structType, type Type, typeType } from './type.ts';

/** One way to call a function. `id` is cel-go's name of it. */
export interface Overload {
  readonly id: string;
  readonly member: boolean;
  readonly params: readonly Type[];
  readonly result: Type;
}

let known: ReadonlyMap<string, readonly Overload[]> | undefined;

/** The overloads of a function in the order that cel-go tries them, or undefined where there is none by that name. */
export function overloadsOf(name: string): readonly Overload[] | undefined {
  known ??= readSignatures(signatures);
  return known.get(name);
}

function readSignatures(text: string): Map<string, readonly Overload[]> {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', ...overloads] = line.split(' | ');
        return [name, overloads.map(readOverload)] as const;
      }),
  );
}

function readOverload(text: string): Overload {
  const match = /^(\S+?)(\*?)\((.*)\): (.*)$/.exec(text);
  if (!match) throw new Error(`not a signature: ${text}`);
  const [, id = '', star, params = '', result = ''] = match;
  return { id, member: star === '*', params: readTypes(params), result: readType(result) };
}

function readTypes(text: string): Type[] {
  return text === '' ? [] : splitTop(text).map(readType);
}

function readType(text: string): Type {
  const open = text.indexOf('(');
  if (open === -1) return readName(text);
  const params = readTypes(text.slice(open + 1, -1));
  const [first = simpleTypes.dyn, second = simpleTypes.dyn] = params;
  const name = text.slice(0, open);
  if (name === 'list') return listType(first);
  if (name === 'map') return mapType(first, second);
  return name === 'type' ? typeType(first) : optionalType(first);
}

function readName(name: string): Type {
  if (/^[A-Z]$/.test(name)) return paramType(name);
  if (name in simpleTypes) return simpleTypes[name as keyof typeof simpleTypes];
  return name.startsWith('net.') ? { kind: 'opaque', name, params: [] } : structType(name);
}

/** Splits at commas that are in no parentheses. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 2;
    }
  }
  return [...parts, text.slice(start)];
}
