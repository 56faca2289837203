import type { ImageMirror } from '@pullpath/ocm-api/client';

/** Mirrors as Terraform configuration, each with the block that imports it. */
export function terraformText(clusterId: string, mirrors: readonly ImageMirror[]): string {
  const names = new Set<string>();
  return mirrors.map((mirror) => blocksOf(clusterId, mirror, uniqueName(mirror.source, names))).join('\n');
}

function blocksOf(clusterId: string, { id, type, source, mirrors }: ImageMirror, name: string): string {
  return `import {
  to = rhcs_image_mirror.${name}
  id = ${quoted(`${clusterId}:${id}`)}
}

resource "rhcs_image_mirror" "${name}" {
  cluster_id = ${quoted(clusterId)}
  type       = ${quoted(type)}
  source     = ${quoted(source)}
  mirrors = [
${mirrors.map((mirror) => `    ${quoted(mirror)},\n`).join('')}  ]
}
`;
}

function uniqueName(source: string, taken: Set<string>): string {
  const words = source.replaceAll(/[^A-Za-z0-9_-]+/g, '_');
  const base = /^[A-Za-z_]/.test(words) ? words : `_${words}`;
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}

/** A text of HCL: what begins a template is escaped by doubling. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
}
