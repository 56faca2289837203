import { type Diagnostic, lineIndex } from '@pullpath/diagnostics';
import { defaultLimits, type LoadLimits } from './limits.ts';

/** A text to load. `file` is the name that messages use; `-` for standard input. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/**
 * The text of a file: UTF-8, with or without a byte order mark (which is dropped). Anything else is the diagnostic that
 * says what the bytes are instead. Costs one pass over at most `limits.maxSize` bytes.
 */
export function decodeSource(
  file: string,
  bytes: Uint8Array,
  limits: Pick<LoadLimits, 'maxSize'> = defaultLimits,
): { readonly text: string } | Diagnostic {
  if (bytes.length > limits.maxSize) return tooLarge(file, bytes.length, limits.maxSize);
  const other = otherEncoding(bytes) ?? binaryFormat(bytes);
  if (other !== undefined) return atStart(file, other);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return invalidUtf8(file, bytes);
  }
}

/** The diagnostic that refuses a text before it is parsed: too large, or with characters that no YAML may hold. */
export function checkText(file: string, text: string, limits: LoadLimits): Diagnostic | undefined {
  if (text.length > limits.maxSize) return tooLarge(file, text.length, limits.maxSize);
  const at = text.search(notYaml);
  if (at === -1) return undefined;
  const code = text.codePointAt(at) ?? 0;
  const lines = lineIndex(text);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    code: 'file-binary',
    severity: 'error',
    message: `the character ${name} is not allowed in YAML`,
    at: { file, start: lines.position(at), end: lines.position(at + 1) },
    hint: 'is this a text file?',
  };
}

/** What go-yaml's reader refuses: control characters, surrogates and non-characters. */
const notYaml = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

interface Refusal {
  readonly code: 'file-encoding' | 'file-binary';
  readonly message: string;
  readonly hint: string;
}

const byteOrderMarks: readonly [name: string, mark: readonly number[]][] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];

/** By mark, or by the zero byte that UTF-16 puts beside an ASCII character. */
function otherEncoding(bytes: Uint8Array): Refusal | undefined {
  const [first, second, third, fourth] = bytes;
  const unmarked =
    (first === 0) !== (second === 0) && (third === 0) !== (fourth === 0) && (first === 0) === (third === 0);
  const name = byteOrderMarks.find(([, mark]) => startsWith(bytes, mark))?.[0] ?? (unmarked ? 'UTF-16' : undefined);
  if (name === undefined || bytes.length < 2) return undefined;
  return { code: 'file-encoding', message: `the file is ${name}`, hint: 'save it as UTF-8' };
}

const formats: readonly [name: string, magic: readonly number[]][] = [
  ['a gzip archive', [0x1f, 0x8b]],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a Zstandard archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an executable', [0x7f, 0x45, 0x4c, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
];

function binaryFormat(bytes: Uint8Array): Refusal | undefined {
  const name = formats.find(([, magic]) => startsWith(bytes, magic))?.[0];
  if (name !== undefined) return { code: 'file-binary', message: `the file is ${name}`, hint: 'give its text files' };
  const nul = bytes.indexOf(0);
  if (nul === -1) return undefined;
  return { code: 'file-binary', message: `the file is binary: byte ${nul} is zero`, hint: 'is this a text file?' };
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function atStart(file: string, refusal: Refusal): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  return { ...refusal, severity: 'error', at: { file, start, end: start } };
}

function tooLarge(file: string, size: number, maxSize: number): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  return {
    code: 'file-too-large',
    severity: 'error',
    message: `the file has ${mebibytes(size)} MiB, at most ${mebibytes(maxSize)} MiB are read`,
    at: { file, start, end: start },
    hint: 'split it, or leave it out',
  };
}

function mebibytes(size: number): string {
  return (size / (1024 * 1024)).toFixed(1);
}

/** The place of the first bad byte: the text before it decodes, so a binary search over prefixes is not needed. */
function invalidUtf8(file: string, bytes: Uint8Array): Diagnostic {
  const text = new TextDecoder('utf-8').decode(bytes);
  const at = Math.max(0, firstReplacement(text, bytes));
  const lines = lineIndex(text);
  return {
    code: 'file-encoding',
    severity: 'error',
    message: 'the file is not UTF-8 text',
    at: { file, start: lines.position(at), end: lines.position(at + 1) },
    hint: 'save it as UTF-8',
  };
}

/** A U+FFFD that the file itself holds is no fault: its three bytes are there. */
function firstReplacement(text: string, bytes: Uint8Array): number {
  const encoded = new TextEncoder().encode(text);
  const shift = bytes.length >= 3 && startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  let same = 0;
  while (same < encoded.length && encoded[same] === bytes[same + shift]) same++;
  const before = encoded.subarray(0, same);
  return new TextDecoder('utf-8').decode(before).replace(/\ufffd+$/, '').length;
}
