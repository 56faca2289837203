import { type Attribute, type Attributes, isNested, type Schema } from '@pullpath/terraform-provider';

/** The "Schema" part of a page of the Terraform registry, as tfplugindocs writes it. */
export function schemaSection({ attributes }: Schema): string {
  return `## Schema\n\n${lists(attributes, '###', [])}${nestedSections(attributes, [])}`.trimEnd();
}

const groups = [
  ['Required', ['required']],
  ['Optional', ['optional', 'optional-computed']],
  ['Read-Only', ['computed']],
] as const;

function lists(attributes: Attributes, heading: string, path: readonly string[]): string {
  return groups
    .map(([title, modes]) => {
      const lines = sorted(attributes)
        .filter(([, { mode }]) => (modes as readonly string[]).includes(mode))
        .map(([name, attribute]) => line(name, attribute, path));
      const head = heading === '' ? `${title}:` : `${heading} ${title}`;
      return lines.length === 0 ? '' : `${head}\n\n${lines.join('\n')}\n\n`;
    })
    .join('');
}

function line(name: string, { description, type, sensitive }: Attribute, path: readonly string[]): string {
  const below = isNested(type) ? ` (see [below for nested schema](#${anchor([...path, name])}))` : '';
  return `- \`${name}\` (${typeName(type)}${sensitive ? ', Sensitive' : ''}) ${description}${below}`;
}

function nestedSections(attributes: Attributes, path: readonly string[]): string {
  return sorted(attributes)
    .flatMap(([name, { type }]) => {
      if (!isNested(type)) return [];
      const here = [...path, name];
      const head = `<a id="${anchor(here)}"></a>\n### Nested Schema for \`${here.join('.')}\`\n\n`;
      return [`${head}${lists(type.attributes, '', here)}${nestedSections(type.attributes, here)}`];
    })
    .join('');
}

function anchor(path: readonly string[]): string {
  return `nestedatt--${path.join('--')}`;
}

function typeName(type: Attribute['type']): string {
  if (isNested(type)) return { single: 'Attributes', list: 'Attributes List', map: 'Attributes Map' }[type.nesting];
  if (typeof type === 'string') return { string: 'String', number: 'Number', bool: 'Boolean' }[type];
  if (type[0] === 'object') return 'Object';
  return `${{ list: 'List', set: 'Set', map: 'Map' }[type[0]]} of ${typeName(type[1])}`;
}

function sorted(attributes: Attributes): [string, Attribute][] {
  return Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
}
