import { type Answer, answer, errorAnswer } from './answer.ts';
import type { RegistryContent } from './content.ts';
import type { Gate } from './gate.ts';
import type { SeenRequest } from './options.ts';

/** Answers one request by the distribution specification, reading side. */
export function route(content: RegistryContent, gate: Gate, request: SeenRequest): Answer {
  const { pathname, searchParams } = new URL(request.path, 'http://registry');
  if (pathname === '/token') return gate.token(request);
  if (pathname === '/v2/') return gate.refusal(request, undefined) ?? answer(200, '{}');
  const target = targetOf(pathname);
  if (!target) return errorAnswer(404, 'NAME_UNKNOWN');
  return gate.refusal(request, target.repository) ?? serve(content, target, searchParams);
}

interface Target {
  readonly repository: string;
  readonly kind: 'manifests' | 'blobs' | 'tags';
  readonly reference: string;
}

// `/v2/NAME/KIND/REFERENCE`; the name may hold slashes, the reference none.
function targetOf(pathname: string): Target | undefined {
  const parts = pathname.split('/').slice(1).map(decodeURIComponent);
  const [reference = '', kind] = [parts.at(-1), parts.at(-2)];
  if (parts[0] !== 'v2' || parts.length < 4) return undefined;
  if (kind !== 'manifests' && kind !== 'blobs' && kind !== 'tags') return undefined;
  return { repository: parts.slice(1, -2).join('/'), kind, reference };
}

function serve(content: RegistryContent, { repository, kind, reference }: Target, query: URLSearchParams): Answer {
  switch (kind) {
    case 'manifests':
      return manifestAnswer(content, repository, reference);
    case 'blobs':
      return blobAnswer(content, repository, reference);
    case 'tags':
      return tagsAnswer(content, repository, query);
    default:
      return kind satisfies never;
  }
}

function manifestAnswer(content: RegistryContent, repository: string, reference: string): Answer {
  const found = content.manifest(repository, reference);
  if (!found) return errorAnswer(404, 'MANIFEST_UNKNOWN');
  return answer(200, found.bytes, { 'content-type': found.mediaType, 'docker-content-digest': found.digest });
}

function blobAnswer(content: RegistryContent, repository: string, digest: string): Answer {
  const found = content.blob(repository, digest);
  if (!found) return errorAnswer(404, 'BLOB_UNKNOWN');
  return answer(200, found, { 'content-type': 'application/octet-stream', 'docker-content-digest': digest });
}

function tagsAnswer(content: RegistryContent, repository: string, query: URLSearchParams): Answer {
  const tags = content.tags(repository);
  if (!tags) return errorAnswer(404, 'NAME_UNKNOWN');
  const last = query.get('last') ?? '';
  const after = tags.filter((tag) => tag > last);
  const page = after.slice(0, Number(query.get('n') ?? after.length));
  const next = `/v2/${repository}/tags/list?n=${page.length}&last=${page.at(-1)}`;
  const link = page.length < after.length ? { link: `<${next}>; rel="next"` } : {};
  return answer(200, JSON.stringify({ name: repository, tags: page }), { 'content-type': 'application/json', ...link });
}
