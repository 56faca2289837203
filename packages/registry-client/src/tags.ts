import type { HttpResponse } from './http/transport.ts';
import { RegistryError } from './registry-error.ts';

/** The tags of one page. */
export function tagsOf(body: Buffer, host: string): string[] {
  const parsed = parse(body, host);
  // Registries answer null for a repository without tags.
  const tags = parsed !== null && typeof parsed === 'object' && 'tags' in parsed ? (parsed.tags ?? []) : undefined;
  if (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')) return tags;
  throw new RegistryError('registry-protocol', `${host} answers with something that is no list of tags`);
}

/** The next page that a `Link` header names, undefined on the last one. It must stay on the same registry. */
export function nextPage({ headers, url }: HttpResponse): URL | undefined {
  const link = Array.isArray(headers.link) ? headers.link.join(', ') : headers.link;
  const target = link === undefined ? undefined : nextTarget(link);
  if (target === undefined) return undefined;
  const next = URL.parse(target, url.href);
  if (next?.origin === url.origin) return next;
  throw new RegistryError('registry-protocol', `${url.host} continues its list of tags on another host`);
}

function nextTarget(link: string): string | undefined {
  for (let at = link.indexOf('<'); at !== -1; at = link.indexOf('<', at + 1)) {
    const end = link.indexOf('>', at);
    if (end === -1) return undefined;
    const following = link.indexOf('<', end);
    const parameters = link
      .slice(end + 1, following === -1 ? undefined : following)
      .replaceAll(' ', '')
      .toLowerCase();
    if (parameters.includes(';rel="next"') || parameters.includes(';rel=next')) return link.slice(at + 1, end);
  }
  return undefined;
}

function parse(body: Buffer, host: string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new RegistryError('registry-protocol', `${host} answers with something that is no JSON`, { cause });
  }
}
