import { WrongValue } from '../wrong-value.ts';

const timeLayout = '2006-01-02T15:04:05Z07:00';
const microLayout = '2006-01-02T15:04:05.000000Z07:00';

/** A `metav1.Time` as Go writes it: UTC, whole seconds. Throws `WrongValue`. */
export function timeText(text: string): string {
  return `${parsed(text, timeLayout, /^(?:\.\d+)?$/)
    .toISOString()
    .slice(0, 19)}Z`;
}

/** A `metav1.MicroTime`: UTC with six decimals, which must be there. Throws `WrongValue`. */
export function microTimeText(text: string): string {
  const instant = parsed(text, microLayout, /^\.\d{6}$/);
  const fraction = /\.(\d{6})/.exec(text)?.[1] ?? '000000';
  return `${instant.toISOString().slice(0, 19)}.${fraction}Z`;
}

function parsed(text: string, layout: string, fraction: RegExp): Date {
  const match =
    text.length <= 64 ? /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(text) : null;
  const instant = match ? new Date(`${match[1]}${match[3]}`) : undefined;
  if (instant && !Number.isNaN(instant.getTime()) && fraction.test(match?.[2] ?? '')) return instant;
  throw new WrongValue(`parsing time ${JSON.stringify(text)} as "${layout}": ${complaint(text, layout)}`);
}

// Go names the rest of the text and the piece of the layout where they part.
function complaint(text: string, layout: string): string {
  const pieces = layout.includes('.000000') ? microPieces : timePieces;
  let at = 0;
  for (const [piece, shape] of pieces) {
    const found = shape.exec(text.slice(at));
    if (!found) return `cannot parse ${JSON.stringify(text.slice(at))} as ${JSON.stringify(piece)}`;
    at += found[0].length;
  }
  return at < text.length ? `extra text: ${JSON.stringify(text.slice(at))}` : 'out of range';
}

const datePieces = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^\d{2}/],
  [':', /^:/],
  ['04', /^\d{2}/],
  [':', /^:/],
] as const satisfies readonly (readonly [string, RegExp])[];

const zone = ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})/] as const;
const timePieces: readonly (readonly [string, RegExp])[] = [...datePieces, ['05', /^\d{2}(?:\.\d+)?/], zone];
const microPieces: readonly (readonly [string, RegExp])[] = [
  ...datePieces,
  ['05', /^\d{2}/],
  ['.000000', /^\.\d{6}/],
  zone,
];
