import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { containerdRoutes, loadRegistriesConf, type NodeFile, orderDropIns, parsePolicy } from '@pullpath/pull-config';
import { certsDirectory, type NodeRuntime } from '../config/effective-files.ts';

/** Where containers/image takes registries.conf from. */
export const registriesConf = '/etc/containers/registries.conf';
export const dropInDirectory = '/etc/containers/registries.conf.d';
const policyFiles = ['/etc/containers/policy.json', '/etc/crio/policies/'];

/**
 * Why the runtime of a node could not use files as they would lie there: it is read as containers/image and containerd read
 * it. With one broken file they pull nothing at all, so that such files must never be in place.
 */
export function effectiveFaults(files: readonly NodeFile[], runtime: NodeRuntime): readonly string[] {
  const diagnostics = runtime === 'crio' ? [...confFaults(files), ...policyFaults(files)] : certsFaults(files);
  return hasErrors(diagnostics) ? diagnostics.filter(isError).map(({ message }) => message) : [];
}

function confFaults(files: readonly NodeFile[]): readonly Diagnostic[] {
  const texts = files.map(({ path, contents }) => ({ file: path, text: contents }));
  const main = texts.find(({ file }) => file === registriesConf);
  const dropIns = texts.filter(({ file }) => file.startsWith(`${dropInDirectory}/`));
  return loadRegistriesConf(main, orderDropIns(dropIns)).diagnostics;
}

function policyFaults(files: readonly NodeFile[]): readonly Diagnostic[] {
  const policies = files.filter(({ path }) => policyFiles.some((place) => path === place || isBelow(path, place)));
  return policies.flatMap(({ path, contents }) => parsePolicy(path, contents).diagnostics);
}

function isBelow(path: string, place: string): boolean {
  return place.endsWith('/') && path.startsWith(place);
}

function certsFaults(files: readonly NodeFile[]): readonly Diagnostic[] {
  return containerdRoutes(files.filter(({ path }) => path.startsWith(`${certsDirectory}/`))).diagnostics;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
