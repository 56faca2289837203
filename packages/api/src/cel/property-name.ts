/** Names that CEL reserves; a property so named is read as `self.__namespace__`. */
const reserved: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** How a rule spells a property (Kubernetes CRD documentation, "escaping of property names"). */
export function escapePropertyName(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  if (!/__|[.\-/]/.test(name)) return name;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
