import type { GroupMatch } from './find.ts';
import type { RegexNode } from './node.ts';

/** The index of every named group; of two with one name the later one. */
export function groupNames(node: RegexNode): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  collectNames(node, names);
  return names;
}

/**
 * Replaces the matches that `find` gives by the template, as Go's `regexp` ReplaceAllString: an empty match right behind
 * another match stays.
 */
export function replaceAll(
  text: string,
  template: string,
  names: ReadonlyMap<string, number>,
  find: (from: number) => GroupMatch | undefined,
): string {
  let result = '';
  let copied = 0;
  for (let from = 0; from <= text.length; ) {
    const match = find(from);
    if (!match) break;
    result += text.slice(copied, match.start);
    if (match.end > copied || match.start === 0) result += expand(template, text, match, names);
    copied = match.end;
    from = Math.max(from + widthAt(text, from), match.end);
  }
  return result + text.slice(copied);
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function collectNames(node: RegexNode, names: Map<string, number>): void {
  if (node.kind === 'group' && node.name !== '') names.set(node.name, node.index);
  if (node.kind === 'group' || node.kind === 'repeat') collectNames(node.item, names);
  if (node.kind === 'sequence' || node.kind === 'alternation') for (const item of node.items) collectNames(item, names);
}

/** The longest run of word characters behind `$` is the name; what is no name after `$` leaves the dollar as it is. */
function expand(template: string, text: string, match: GroupMatch, names: ReadonlyMap<string, number>): string {
  let result = '';
  for (let at = 0; at < template.length; ) {
    const dollar = template.indexOf('$', at);
    if (dollar === -1) return result + template.slice(at);
    result += template.slice(at, dollar);
    const variable = readVariable(template, dollar + 1);
    result += variable.name === undefined ? '$' : groupText(variable.name, text, match, names);
    at = variable.end;
  }
  return result;
}

function readVariable(template: string, at: number): { readonly name?: string; readonly end: number } {
  if (template[at] === '$') return { end: at + 1 };
  const braced = template[at] === '{';
  const start = braced ? at + 1 : at;
  let end = start;
  while (isNameCharacter(template.charAt(end))) end++;
  if (end === start || (braced && template[end] !== '}')) return { end: at };
  return { name: template.slice(start, end), end: braced ? end + 1 : end };
}

function groupText(
  name: string,
  text: string,
  { start, end, slots }: GroupMatch,
  names: ReadonlyMap<string, number>,
): string {
  const index = isIndex(name) ? Number(name) : names.get(name);
  if (index === undefined) return '';
  const [from, to] = index === 0 ? [start, end] : [slots.get(2 * index), slots.get(2 * index + 1)];
  return from === undefined || to === undefined ? '' : text.slice(from, to);
}

function isIndex(name: string): boolean {
  return /^(?:0|[1-9][0-9]*)$/.test(name);
}

function isNameCharacter(character: string): boolean {
  return character !== '' && /^[\p{L}\p{Nd}_]$/u.test(character);
}
