import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('the client without its Node entry bundles for the browser without a Node module', async () => {
  const { metafile } = await build({
    stdin: { contents: `export * from './src/index.ts';`, resolveDir: `${import.meta.dirname}/..` },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['pullpath-source'],
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((name) => name.includes('src/informer/reflector.ts'))).toBe(true);
  const foreign = (name: string): boolean =>
    name.startsWith('node:') || /undici|client-node|browser-external/.test(name);
  expect(inputs.filter(foreign)).toEqual([]);
});
