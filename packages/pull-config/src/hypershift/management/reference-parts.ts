import { isDomain, parseReference } from '@pullpath/oci';

/**
 * An image reference as HyperShift's image lookup sees it. A text of one segment is all `name`, so a bare registry is a
 * name too; further segments of a repository stay in `name`. Empty text where a part is missing.
 */
export interface ReferenceParts {
  readonly registry: string;
  readonly namespace: string;
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** Splits a reference, or a registry (with or without port); undefined for text that is neither. */
export function referenceParts(text: string): ReferenceParts | undefined {
  if (!text.includes('/') && isDomain(text) && text.includes(':')) return { ...noParts, name: text };
  const parsed = parseReference(text);
  if (!parsed.ok || parsed.value.name === '') return undefined;
  const { name, tag = '', digest = '' } = parsed.value;
  const [registry, path] = splitRegistry(name);
  const slash = path.indexOf('/');
  const namespace = slash === -1 ? '' : path.slice(0, slash);
  return { registry, namespace, name: path.slice(slash + 1), tag, digest };
}

const noParts: ReferenceParts = { registry: '', namespace: '', name: '', tag: '', digest: '' };

function splitRegistry(name: string): [registry: string, path: string] {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost';
  return isHost ? [first, name.slice(slash + 1)] : ['', name];
}

/** The repository of the parts, without tag and digest. */
export function repositoryOf({ registry, namespace, name }: ReferenceParts): string {
  return [registry, namespace, name].filter((part) => part !== '').join('/');
}

/** `:tag` or `@digest`; the digest wins, as a pull by both goes by digest. */
export function identifierOf({ tag, digest }: ReferenceParts): string {
  if (digest !== '') return `@${digest}`;
  return tag === '' ? '' : `:${tag}`;
}
