import { readFileSync } from 'node:fs';

const headerLength = 32;
const frameHeaderLength = 24;

/**
 * What is wrong with a write-ahead log, undefined when nothing is. SQLite reads it up to the first frame that does not fit
 * and drops the rest without a word: right for the torn end of a commit that nobody was told of, but damage in the middle
 * takes acknowledged commits along. At most one commit can be unfinished, so two behind the break are proof. To be asked
 * before the log is written to. Format: sqlite.org/fileformat2.html#walformat.
 */
export function logFault(file: string): string | undefined {
  const bytes = readIfPresent(file);
  if (!bytes || bytes.length <= headerLength) return undefined;
  const log = readHeader(bytes);
  if (!log) return 'the header of the write-ahead log is damaged';
  const whole = wholeFrames(bytes, log);
  const lost = commitsFrom(bytes, log, whole);
  return lost < 2 ? undefined : `the write-ahead log is damaged at frame ${whole + 1}, with ${lost} commits behind it`;
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface LogHeader {
  readonly littleEndian: boolean;
  readonly frameLength: number;
  readonly salts: Buffer;
  readonly sum: Checksum;
}

type Checksum = readonly [number, number];

function readHeader(bytes: Buffer): LogHeader | undefined {
  const magic = bytes.readUInt32BE(0);
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return undefined;
  const littleEndian = magic === 0x377f0682;
  const sum = checksum([0, 0], bytes.subarray(0, 24), littleEndian);
  if (!isSum(bytes, 24, sum)) return undefined;
  return { littleEndian, frameLength: frameHeaderLength + bytes.readUInt32BE(8), salts: bytes.subarray(16, 24), sum };
}

/** How many frames follow each other without a fault. */
function wholeFrames(bytes: Buffer, { littleEndian, frameLength, salts, sum: start }: LogHeader): number {
  let sum = start;
  for (let index = 0; ; index++) {
    const at = headerLength + index * frameLength;
    if (at + frameLength > bytes.length || !hasSalts(bytes, at, salts)) return index;
    sum = checksum(sum, bytes.subarray(at, at + 8), littleEndian);
    sum = checksum(sum, bytes.subarray(at + frameHeaderLength, at + frameLength), littleEndian);
    if (!isSum(bytes, at + 16, sum)) return index;
  }
}

/** Frames of this log, of earlier ones no longer, that end a transaction. */
function commitsFrom(bytes: Buffer, { frameLength, salts }: LogHeader, first: number): number {
  let commits = 0;
  for (let at = headerLength + first * frameLength; at + frameLength <= bytes.length; at += frameLength) {
    if (hasSalts(bytes, at, salts) && bytes.readUInt32BE(at + 4) !== 0) commits++;
  }
  return commits;
}

function hasSalts(bytes: Buffer, frame: number, salts: Buffer): boolean {
  return bytes.compare(salts, 0, 8, frame + 8, frame + 16) === 0;
}

function isSum(bytes: Buffer, at: number, [one, other]: Checksum): boolean {
  return bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === other;
}

function checksum([one, other]: Checksum, bytes: Buffer, littleEndian: boolean): Checksum {
  const word = (at: number): number => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + word(at) + other) >>> 0;
    other = (other + word(at + 4) + one) >>> 0;
  }
  return [one, other];
}
