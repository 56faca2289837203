import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Bundles the Terraform provider into one CommonJS file. As an ES module it would start in half as much time again: an
 * import of `node:http` reads all its exports, and one of them loads a whole HTTP client.
 */
export async function bundleProvider(outfile: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['packages/terraform-provider/src/main.ts'],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    conditions: ['pullpath-source'],
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
