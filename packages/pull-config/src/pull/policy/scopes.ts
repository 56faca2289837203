import { digestFault } from '@pullpath/oci';

/**
 * Why a scope is not valid below a transport of policy.json, or undefined. Transports that containers/image does not know
 * take any scope; so does `containers-storage` here, whose scopes no pull from a registry looks at.
 */
export function scopeFault(transport: string, scope: string): string | undefined {
  if (scope === '') return undefined;
  return Object.hasOwn(scopeRules, transport) ? scopeRules[transport]?.(scope) : undefined;
}

const scopeRules: Readonly<Record<string, (scope: string) => string | undefined>> = {
  atomic: atomicFault,
  dir: pathFault,
  'docker-archive': onlyEmpty,
  'docker-daemon': daemonFault,
  oci: pathFault,
  'oci-archive': pathFault,
  sif: pathFault,
  tarball: onlyEmpty,
};

/** `host[/namespace[/stream[:tag]]]`. */
function atomicFault(scope: string): string | undefined {
  const [, namespace = '', stream = '', ...rest] = scope.split('/');
  const valid = rest.length === 0 && !namespace.includes(':') && stream.split(':').length <= 2;
  return valid ? undefined : 'a scope of "atomic" is host[/namespace[/stream[:tag]]]';
}

function daemonFault(scope: string): string | undefined {
  return digestFault(scope) === undefined ? 'a digest is no scope of "docker-daemon"' : undefined;
}

function pathFault(scope: string): string | undefined {
  const [root, ...parts] = scope.split('/');
  const clean = root === '' && parts.length > 0 && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return clean ? undefined : 'the scope must be an absolute path in its shortest form, and not "/"';
}

function onlyEmpty(): string {
  return 'this transport has no scope but the empty one';
}
