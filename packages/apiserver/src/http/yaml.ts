/** A JSON value as YAML in block style with sorted keys, as `sigs.k8s.io/yaml` writes it. */
export function toYaml(value: unknown): string {
  return `${blockOf(value, 0).replace(/^\n/, '')}\n`;
}

/** What follows a key or a dash: a scalar on the same line, or a block on the lines below. */
function blockOf(value: unknown, depth: number): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : listOf(value, depth);
  if (typeof value === 'object' && value !== null) return mapOf(value as Record<string, unknown>, depth);
  return ` ${typeof value === 'string' ? textOf(value) : JSON.stringify(value ?? null)}`;
}

function listOf(items: readonly unknown[], depth: number): string {
  const indent = ' '.repeat(depth);
  return items.map((item) => `\n${indent}-${onDash(blockOf(item, depth + 2))}`).join('');
}

// The first line of a nested block goes on the line of its dash.
function onDash(block: string): string {
  return block.startsWith('\n') ? ` ${block.trimStart()}` : block;
}

function mapOf(map: Readonly<Record<string, unknown>>, depth: number): string {
  const keys = Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort();
  if (keys.length === 0) return ' {}';
  const indent = ' '.repeat(depth);
  return keys.map((key) => `\n${indent}${textOf(key)}:${memberOf(map[key], depth)}`).join('');
}

// Lists stand below their key without indentation.
function memberOf(value: unknown, depth: number): string {
  return blockOf(value, Array.isArray(value) ? depth : depth + 2);
}

/** Plain where every YAML reader takes it for the same text, else in double quotes, which JSON and YAML share. */
function textOf(text: string): string {
  return isPlain(text) ? text : JSON.stringify(text);
}

const otherScalars = new Set([
  '',
  'null',
  '~',
  'true',
  'false',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  '.nan',
  '.inf',
  '=',
]);

function isPlain(text: string): boolean {
  if (otherScalars.has(text.toLowerCase()) || looksNumeric(text)) return false;
  return !/[^\x20-\x7e]|: |:$| #|^[\s\-?!&*|>%@`"'#,[\]{}:=~]|\s$/.test(text);
}

// Numbers in any base, with exponents, in base 60, and dates.
function looksNumeric(text: string): boolean {
  return /^[-+.]?\d[\d_]*(?:[.:]?[\d_]*)*(?:e[-+]?\d+)?$|^[-+]?0(?:x[\da-f_]+|o[0-7_]+|b[01_]+)$|^\d{4}-\d\d?-\d\d?/i.test(
    text,
  );
}
