import { fault, parseImageSpec, type Result, success } from '@pullpath/oci';
import { matchesPattern } from '../../schema/patterns.ts';

const component = '[a-z0-9]+(?:(?:[._]|__|[-]*)[a-z0-9]+)*';
const targetPath = `^${component}(?:/${component})*$`;

/**
 * The name under which a catalog or image may appear once: its reference with the target path and tag put in (oc-mirror v2
 * `GetUniqueName`). The path replaces the first place where its text occurs, even within the host, as there. The messages are oc-mirror's.
 */
export function uniqueImageName(source: string, path = '', tag = ''): Result<string> {
  const parsed = parseImageSpec(source);
  if (!parsed.ok) return parsed;
  const spec = parsed.value;
  const reference = tag === '' ? spec.reference : `${spec.name}:${tag}`;
  if (path === '') return success(reference);
  if (!matchesPattern(targetPath, path)) return fault('target-path-invalid', targetPathText(path));
  return success(reference.replace(spec.path, () => path));
}

function targetPathText(path: string): string {
  return `invalid target path component ${JSON.stringify(path)}: should not contain a tag or digest. Expected format is 1 or more path components separated by /, where each path component is a set of alpha-numeric and regexp (?:[._]|__|[-]*). For more, see https://github.com/containers/image/blob/main/docker/reference/regexp.go`;
}
