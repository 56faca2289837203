import type { Environment } from '@marcbachmann/cel-js';
import { parseUrl, type UrlParts } from './url-parts.ts';

class CelUrl {
  readonly parts: UrlParts;

  constructor(parts: UrlParts) {
    this.parts = parts;
  }
}

const name = 'kubernetes.URL';

/** `isURL`, `url` and the parts of one. */
export function registerUrls(environment: Environment): void {
  environment
    .registerType(name, { ctor: CelUrl, fields: {} })
    .registerFunction('isURL(string): bool', (text: string) => parseUrl(text) !== undefined, sync)
    .registerFunction(`url(string): ${name}`, urlOf, sync)
    .registerFunction(`${name}.getScheme(): string`, ({ parts }: CelUrl) => parts.scheme, sync)
    .registerFunction(`${name}.getHost(): string`, ({ parts }: CelUrl) => parts.host, sync)
    .registerFunction(`${name}.getHostname(): string`, ({ parts }: CelUrl) => parts.hostname, sync)
    .registerFunction(`${name}.getPort(): string`, ({ parts }: CelUrl) => parts.port, sync)
    .registerFunction(`${name}.getEscapedPath(): string`, ({ parts }: CelUrl) => parts.path, sync)
    .registerFunction(
      `${name}.getQuery(): map<string, list<string>>`,
      ({ parts }: CelUrl) => queryOf(parts.query),
      sync,
    )
    .registerOperator(
      `${name} == ${name}`,
      (left: CelUrl, right: CelUrl) => JSON.stringify(left.parts) === JSON.stringify(right.parts),
    );
}

const sync = { async: false };

function urlOf(text: string): CelUrl {
  const parts = parseUrl(text);
  if (!parts) throw new RangeError(`not a URL: ${JSON.stringify(text)}`);
  return new CelUrl(parts);
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
