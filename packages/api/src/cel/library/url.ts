import type { Implementations } from '../run/functions/implementation.ts';
import { CelFailure, type LibraryValue } from '../run/values.ts';
import { parseUrl, type UrlParts } from './url-parts.ts';

/** `kubernetes.URL`. */
class CelUrl implements LibraryValue {
  readonly celType = 'kubernetes.URL';
  readonly parts: UrlParts;

  constructor(parts: UrlParts) {
    this.parts = parts;
  }

  get key(): string {
    return JSON.stringify(this.parts);
  }
}

/** `isURL`, `url` and the parts of one. */
export const urls: Implementations = {
  is_url_string: (text: string) => parseUrl(text) !== undefined,
  string_to_url: urlOf,
  url_get_scheme: ({ parts }: CelUrl) => parts.scheme,
  url_get_host: ({ parts }: CelUrl) => parts.host,
  url_get_hostname: ({ parts }: CelUrl) => parts.hostname,
  url_get_port: ({ parts }: CelUrl) => parts.port,
  url_get_escaped_path: ({ parts }: CelUrl) => parts.path,
  url_get_query: ({ parts }: CelUrl) => queryOf(parts.query),
};

function urlOf(text: string): CelUrl {
  const parts = parseUrl(text);
  if (parts) return new CelUrl(parts);
  const why = `parse ${JSON.stringify(text)}: ${text === '' ? 'empty url' : 'invalid URI for request'}`;
  throw new CelFailure(`URL parse error during conversion from string: ${why}`);
}

function queryOf(query: string): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const pair of query.split('&').filter((part) => part !== '' && !part.includes(';'))) {
    const equals = pair.indexOf('=');
    const key = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
    if (key === undefined || value === undefined) continue;
    result.set(key, [...(result.get(key) ?? []), value]);
  }
  return result;
}

/** Undefined for a broken escape; Go drops such a pair. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
