/**
 * Why a path of a MachineConfig is refused, or undefined: it must be absolute, in its shortest form, without `..`, and not
 * lie where the agent keeps its own records.
 */
export function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'it is not absolute';
  if (path.includes('\0')) return 'it holds a zero byte';
  if (path.length > longestPath) return `it is longer than ${longestPath} bytes`;
  const segments = path.slice(1).split('/');
  if (segments.includes('..') || segments.includes('.')) return 'it leads through . or ..';
  if (segments.includes('')) return 'it ends with a slash or doubles one';
  return isPrivate(path) ? 'the agent keeps its records there' : undefined;
}

/** Where the agent keeps what it remembers of a node. */
export const privateDirectory = '/var/lib/pullpath';

const longestPath = 4096;

function isPrivate(path: string): boolean {
  return path === privateDirectory || path.startsWith(`${privateDirectory}/`);
}
