// A zip archive of a few files, with their modes and without the time of the build: the same files give the same bytes.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Permission bits, e.g. 0o755. */
  readonly mode: number;
}

/** The archive (APPNOTE 6.3, without zip64: below 4 GiB). */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const body = deflateRawSync(file.bytes, { level: 9 });
    const local = Buffer.concat([localHeader(file, body), body]);
    directory.push(centralHeader(file, body, offset));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endOfDirectory(files.length, central.length, offset)]);
}

function localHeader(file: ZipFile, body: Buffer): Buffer {
  const name = Buffer.from(file.name);
  return Buffer.concat([u32(0x04034b50), common(file, body, name), u16(0), name]);
}

function centralHeader(file: ZipFile, body: Buffer, offset: number): Buffer {
  const name = Buffer.from(file.name);
  const madeByUnix = u16((3 << 8) | 20);
  const attributes = u32(((0o100000 | file.mode) << 16) >>> 0);
  const rest = [u16(0), u16(0), u16(0), u16(0), attributes, u32(offset), name];
  return Buffer.concat([u32(0x02014b50), madeByUnix, common(file, body, name), ...rest]);
}

// Version needed, flags (UTF-8 names), deflate, 1980-01-01 00:00, checksum, sizes, length of the name.
function common(file: ZipFile, body: Buffer, name: Buffer): Buffer {
  const fixed = [u16(20), u16(0x800), u16(8), u16(0), u16(0x21)];
  return Buffer.concat([...fixed, u32(crc32(file.bytes)), u32(body.length), u32(file.bytes.length), u16(name.length)]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  return Buffer.concat([u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), u32(size), u32(offset), u16(0)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
