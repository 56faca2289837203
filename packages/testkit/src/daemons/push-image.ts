import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runProgram } from './program.ts';

/** A minimal image of this machine's architecture in a directory, as the `dir:` transport of skopeo reads it. */
export interface ImageDirectory {
  readonly path: string;
  /** Digest of its manifest. */
  readonly digest: string;
}

/** Writes an image with one empty layer; `label` makes its digest its own. */
export function writeImage(path: string, label: string): ImageDirectory {
  mkdirSync(path, { recursive: true });
  const tar = Buffer.alloc(1024);
  const layer = gzipSync(tar);
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Labels: { label } },
      rootfs: { type: 'layers', diff_ids: [`sha256:${hash(tar)}`] },
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', ...descriptor(config) },
      layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', ...descriptor(layer) }],
    }),
  );
  for (const blob of [config, layer]) writeFileSync(join(path, hash(blob)), blob);
  writeFileSync(join(path, 'manifest.json'), manifest);
  writeFileSync(join(path, 'version'), 'Directory Transport Version: 1.1\n');
  return { path, digest: `sha256:${hash(manifest)}` };
}

/** Pushes an image to `host:port/repository:tag` with skopeo, certificates not verified. Throws with what skopeo said. */
export async function pushImage(image: ImageDirectory, reference: string, credentials?: string): Promise<void> {
  const login = credentials === undefined ? [] : ['--dest-creds', credentials];
  const { code, stderr } = await runProgram([
    'skopeo',
    '--insecure-policy',
    'copy',
    '--dest-tls-verify=false',
    ...login,
    `dir:${image.path}`,
    `docker://${reference}`,
  ]);
  if (code !== 0) throw new Error(`skopeo could not push ${reference}: ${stderr.slice(-1000)}`);
}

function descriptor(blob: Buffer): { readonly size: number; readonly digest: string } {
  return { size: blob.length, digest: `sha256:${hash(blob)}` };
}

function hash(blob: Buffer): string {
  return createHash('sha256').update(blob).digest('hex');
}
