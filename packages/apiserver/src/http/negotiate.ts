/** One entry of an Accept header: `application/json;as=Table;g=meta.k8s.io;v=v1`. */
export interface MediaRange {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly quality: number;
}

/** Parses an Accept header, best first; ties keep their order. An empty one accepts anything. Linear in its length. */
export function parseAccept(header: string | undefined): MediaRange[] {
  if (!header?.trim()) return [{ type: '*/*', parameters: {}, quality: 1 }];
  const ranges = header.split(',').map(parseRange);
  return ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
}

function parseRange(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = Object.fromEntries(rest.map(splitParameter));
  const quality = Number(parameters['q'] ?? 1);
  return { type: type.toLowerCase(), parameters, quality: Number.isFinite(quality) ? quality : 1 };
}

function splitParameter(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

/** True when `range` asks for `type`, wildcards included. */
export function accepts(range: MediaRange, type: string): boolean {
  return range.type === '*/*' || range.type === type || range.type === `${type.split('/')[0]}/*`;
}

/** The media type of a Content-Type header, without parameters; undefined where there is none. */
export function mediaType(header: string | undefined): string | undefined {
  const type = header?.split(';')[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
}
