import { decodeBase64 } from '../../pull/base64.ts';

/** One block of a trust bundle: its first line in the text (from 1), and what is wrong with it, if anything. */
export interface TrustBundleBlock {
  readonly line: number;
  readonly fault?: string;
}

const begin = '-----BEGIN ';
const dashes = '-----';

/**
 * The PEM blocks of a trust bundle. Every one must be an X.509 certificate, else the installer refuses the bundle; text
 * between blocks is allowed. The certificate itself is looked at as far as the lengths of its DER structure go.
 */
export function trustBundleBlocks(pem: string): TrustBundleBlock[] {
  const lines = pem.split('\n').map((line) => line.trim());
  const blocks: TrustBundleBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const label = labelOf(lines[at] ?? '');
    if (label === undefined) continue;
    const end = lines.indexOf(`-----END ${label}-----`, at);
    const fault = end < 0 ? `a block ${label} has no end` : blockFault(label, lines.slice(at + 1, end));
    blocks.push(fault === undefined ? { line: at + 1 } : { line: at + 1, fault });
    if (end < 0) break;
    at = end;
  }
  return blocks;
}

function labelOf(line: string): string | undefined {
  if (!line.startsWith(begin) || !line.endsWith(dashes) || line.length < begin.length + dashes.length) return undefined;
  return line.slice(begin.length, -dashes.length);
}

function blockFault(label: string, body: readonly string[]): string | undefined {
  if (label !== 'CERTIFICATE') return `a block ${JSON.stringify(label)} is no CERTIFICATE`;
  const der = decodeBase64(body.join(''));
  if (der === undefined || der.length === 0) return 'the text of a certificate is not base64';
  return isCertificate(der) ? undefined : 'the bytes of a block are no X.509 certificate';
}

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const sequence = 0x30;
const bitString = 0x03;

/** A sequence of the signed part (itself a sequence of seven fields or more), the algorithm, and the signature bits. */
function isCertificate(der: Uint8Array): boolean {
  const whole = elementAt(der, 0, der.length);
  if (whole === undefined || whole.tag !== sequence || whole.end !== der.length) return false;
  const parts = elementsIn(der, whole);
  const tags = parts?.map(({ tag }) => tag);
  if (parts === undefined || tags?.join() !== [sequence, sequence, bitString].join()) return false;
  const fields = elementsIn(der, parts[0] as Element);
  return fields !== undefined && fields.length >= 6;
}

function elementsIn(der: Uint8Array, { start, end }: Element): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = start; at < end; ) {
    const element = elementAt(der, at, end);
    if (element === undefined) return undefined;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

function elementAt(der: Uint8Array, at: number, limit: number): Element | undefined {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > limit) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || (first >= 0x80 && lengthBytes === 0)) return undefined;
  const start = at + 2 + lengthBytes;
  let length = lengthBytes === 0 ? first : 0;
  for (let index = at + 2; index < start; index++) length = length * 256 + (der[index] ?? 0);
  return start + length <= limit ? { tag, start, end: start + length } : undefined;
}
