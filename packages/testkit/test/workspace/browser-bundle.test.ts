import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../..');

test('the pure rooms bundle for the browser without a Node module', async () => {
  const rooms = ['oci', 'diagnostics', 'api', 'pull-config'];
  const { metafile } = await build({
    stdin: {
      contents: rooms.map((room, index) => `export * as room${index} from '@pullpath/${room}';`).join('\n'),
      resolveDir: join(root, 'packages/testkit'),
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['pullpath-source'],
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((name) => name.includes('packages/pull-config/src/'))).toBe(true);
  expect(inputs.filter((name) => name.startsWith('node:') || name.includes('browser-external'))).toEqual([]);
});
