import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rhcsProvider, type Schema } from '@pullpath/terraform-provider';
import { dataSources, type Prose, provider, resources } from './pages.ts';
import { schemaSection } from './schema-section.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every page of the provider in the format of the Terraform registry, by its path below `docs/terraform`. */
export function renderPages(): ReadonlyMap<string, string> {
  const rhcs = rhcsProvider({ env: {}, connect: noConnection, log: () => {} });
  const pages = [
    ['index.md', page('rhcs Provider', rhcs.schema, provider)] as const,
    ...kindPages('resources', 'Resource', rhcs.resources, resources),
    ...kindPages('data-sources', 'Data Source', rhcs.dataSources, dataSources),
  ];
  return new Map(pages);
}

function noConnection(): never {
  throw new Error('documentation needs no connection');
}

function kindPages(
  folder: string,
  kind: string,
  schemas: Readonly<Record<string, { readonly schema: Schema }>>,
  prose: Readonly<Record<string, Prose>>,
): (readonly [string, string])[] {
  return Object.entries(schemas).map(([type, { schema }]) => {
    const name = type.replace('rhcs_', '');
    const words = prose[name];
    if (words === undefined) throw new Error(`no prose for the page of ${kind} ${type}`);
    return [`${folder}/${name}.md`, page(`${type} (${kind})`, schema, words)] as const;
  });
}

function page(title: string, schema: Schema, { example, before, after }: Prose): string {
  const front = `---\npage_title: "${title}"\nsubcategory: ""\ndescription: |-\n  ${schema.description}\n---`;
  const code = readFileSync(join(root, 'examples/terraform', example, 'main.tf'), 'utf8');
  const usage = `## Example Usage\n\n\`\`\`terraform\n${code}\`\`\``;
  const parts = [front, `# ${title}`, `${schema.description}`, before, usage, schemaSection(schema), after];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
