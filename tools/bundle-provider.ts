import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Packages that are CommonJS inside an ES module bundle still ask for "require".
const requireInModules = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** Bundles the Terraform provider into one file: an ES module to be run, or CommonJS to go into an executable. */
export async function bundleProvider(outfile: string, format: 'esm' | 'cjs' = 'esm'): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['packages/terraform-provider/src/main.ts'],
    outfile,
    bundle: true,
    format,
    platform: 'node',
    target: 'node24',
    conditions: ['pullpath-source'],
    minifyWhitespace: true,
    legalComments: 'none',
    ...(format === 'esm' ? { banner: { js: requireInModules } } : {}),
    logLevel: 'warning',
  });
}
