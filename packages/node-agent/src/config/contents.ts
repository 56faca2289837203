import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { valueAt } from '@pullpath/api';
import { readDataUrlBytes } from '@pullpath/pull-config';

/** The most bytes that one file may have. */
export const largestFile: number = 16 * 2 ** 20;

/** Bytes, or why they cannot be had. */
export type Contents = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly message: string };

/**
 * The bytes of a resource of Ignition 3.x (`contents`, or an entry of `append`): a data URL, packed with gzip or not, checked
 * against its `verification.hash`. Nothing at all is an empty file.
 */
export function readContents(resource: unknown): Contents {
  const source = valueAt(resource, ['source']);
  if (source === undefined || source === null || source === '') return { ok: true, bytes: Buffer.alloc(0) };
  if (typeof source !== 'string' || !source.startsWith('data:')) return failed('its contents lie elsewhere');
  const bytes = readDataUrlBytes(source);
  if (!bytes) return failed('its data URL is damaged');
  const unpacked = unpack(Buffer.from(bytes), valueAt(resource, ['compression']));
  return unpacked.ok ? verified(unpacked.bytes, valueAt(resource, ['verification', 'hash'])) : unpacked;
}

function unpack(bytes: Buffer, compression: unknown): Contents {
  if (compression === undefined || compression === null || compression === '') return capped(bytes);
  if (compression !== 'gzip') return failed(`it is packed with ${JSON.stringify(compression)}`);
  try {
    return { ok: true, bytes: gunzipSync(bytes, { maxOutputLength: largestFile }) };
  } catch (error) {
    return failed(`it does not unpack: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function capped(bytes: Buffer): Contents {
  return bytes.length > largestFile ? failed(`it is larger than ${largestFile} bytes`) : { ok: true, bytes };
}

function verified(bytes: Buffer, hash: unknown): Contents {
  if (hash === undefined || hash === null || hash === '') return { ok: true, bytes };
  const [algorithm = '', expected] = typeof hash === 'string' ? hash.split('-', 2) : [];
  if (algorithm !== 'sha256' && algorithm !== 'sha512') return failed(`its hash ${algorithm} is unknown`);
  const matches = createHash(algorithm).update(bytes).digest('hex') === expected;
  return matches ? { ok: true, bytes } : failed('its contents do not have the hash that they should have');
}

function failed(message: string): Contents {
  return { ok: false, message };
}
