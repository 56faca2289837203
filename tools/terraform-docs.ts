// npm run docs:terraform: the provider's pages for the Terraform registry, in docs/terraform.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderPages } from './terraform-docs/render-pages.ts';

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/terraform');
rmSync(out, { recursive: true, force: true });
for (const [path, text] of renderPages()) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}
