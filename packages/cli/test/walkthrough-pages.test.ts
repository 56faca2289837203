import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { page } from './oracle/walkthrough/page.ts';
import { seed000 } from './oracle/walkthrough/seed-000.ts';
import { seed001 } from './oracle/walkthrough/seed-001.ts';
import { seed002 } from './oracle/walkthrough/seed-002.ts';
import { seed004 } from './oracle/walkthrough/seed-004.ts';

const folder = join(import.meta.dirname, '../../../docs/walkthrough');

const pages = [
  ['hosted-cluster-mirrors.md', 'Image registry mirrors of hosted clusters', seed000],
  ['hosted-cluster-tag-mirrors.md', 'Tag mirrors in a HostedCluster', seed001],
  ['cluster-image-configuration.md', 'Registry lists and mirrors of a cluster', seed002],
  ['mirror-sets-on-day-two.md', 'Mirror sets on the second day', seed004],
] as const;

test.each(pages)('docs/walkthrough/%s shows the commands that the suite runs', (file, title, chapters) => {
  const text = page(title, chapters);
  if (process.env['PULLPATH_WRITE_PAGES']) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
});
