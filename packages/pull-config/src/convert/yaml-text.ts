import { compareGoYamlKeys } from '../formats/go-yaml-key-order.ts';
import { goYamlScalar } from '../formats/go-yaml-scalar.ts';

/**
 * Documents as `gopkg.in/yaml.v3` writes them, which `oc adm migrate icsp` uses: keys sorted, four spaces of indentation,
 * joined by a line with `---`, none at the end. Members that are undefined are left out.
 */
export function yamlDocuments(documents: readonly unknown[]): string {
  return documents.map((document) => `${node(document, 0).trimStart()}\n`).join('---\n');
}

// Gives the text after a key or a dash: on the same line for scalars and empty collections, below it otherwise.
function node(value: unknown, indent: number): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : value.map((item) => listItem(item, indent)).join('');
  if (typeof value !== 'object' || value === null) return ` ${scalar(value, indent, false)}`;
  const entries = entriesOf(value);
  if (entries.length === 0) return ' {}';
  return entries.map(([key, member]) => `${newline(indent)}${keyed(key, member, indent)}`).join('');
}

function entriesOf(value: object): (readonly [string, unknown])[] {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return entries.sort(([left], [right]) => compareGoYamlKeys(left, right));
}

function keyed(key: string, value: unknown, indent: number): string {
  return `${scalar(key, nested(indent), true)}:${node(value, nested(indent))}`;
}

/** The next multiple of four: a mapping in a list item stands two columns in, its own children do not add to that. */
function nested(indent: number): number {
  return (Math.floor(indent / 4) + 1) * 4;
}

function listItem(value: unknown, indent: number): string {
  const dash = `${newline(indent)}-`;
  if (typeof value !== 'object' || value === null) return `${dash} ${scalar(value, nested(indent), false)}`;
  const entries = Array.isArray(value) ? [] : entriesOf(value);
  if (entries.length === 0)
    return Array.isArray(value) && value.length > 0 ? nestedList(value, indent) : `${dash}${node(value, 0)}`;
  const inner = indent + 2;
  return `${dash} ${entries.map(([key, member]) => keyed(key, member, inner)).join(newline(inner))}`;
}

function nestedList(items: readonly unknown[], indent: number): string {
  return `${newline(indent)}-${items
    .map((item) => listItem(item, indent + 2))
    .join('')
    .slice(newline(indent + 1).length)}`;
}

function newline(indent: number): string {
  return `\n${' '.repeat(indent)}`;
}

// A column far to the left keeps long scalars on one line: this writer does not fold.
function scalar(value: unknown, indent: number, key: boolean): string {
  return goYamlScalar(value, { indent, column: Number.NEGATIVE_INFINITY, key });
}
