import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderPages } from '../../../tools/terraform-docs/render-pages.ts';

const docs = join(import.meta.dirname, '../../../docs/terraform');
const pages = renderPages();

test.each([...pages.keys()])('docs/terraform/%s is what "npm run docs:terraform" writes', (path) => {
  expect(readFileSync(join(docs, path), 'utf8')).toBe(pages.get(path));
});

test('docs/terraform has a page for each kind and no other', () => {
  const files = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  expect(files.sort()).toEqual([...pages.keys()].sort());
});
