import { valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isNested } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { ScopeRule } from '../../model.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { above } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'allowed-list-misses-payload';

/** An allow list without the repositories of the release, or (info) without what most clusters pull besides. */
export const allowedListMissesPayload: LintRule = {
  code,
  severity: 'warning',
  why: 'An allow list makes policy.json reject everything else, the images of the platform included.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findMissing),
};

function findMissing({ rules, payload }: MirrorGroup): Diagnostic[] {
  const { allowed = [] } = rules.registrySources;
  const [first] = allowed;
  if (!first) return [];
  const missing = (repositories: readonly string[]): string[] =>
    repositories.filter((repository) => !allowed.some(({ scope }) => isAllowed(repository, scope)));
  return [
    ...report('warning', first, missing(payloadRepositories(payload.payloadRepository)), payloadHint),
    ...report('info', first, missing([catalogRegistry, internalRegistry(first)]), platformHint),
  ];
}

const componentRepository = 'quay.io/openshift-release-dev/ocp-v4.0-art-dev';
const releaseRepository = 'quay.io/openshift-release-dev/ocp-release';
const catalogRegistry = 'registry.redhat.io';

/** Images are judged by the names that the release image lists, wherever that one is pulled from. */
function payloadRepositories(release: string = releaseRepository): string[] {
  return release.startsWith('quay.io/openshift-release-dev/') ? [release, componentRepository] : [release];
}

function internalRegistry({ origin }: ScopeRule): string {
  const name = valueAt(origin.of.object, ['status', 'internalRegistryHostname']);
  return typeof name === 'string' && name !== '' ? name : 'image-registry.openshift-image-registry.svc:5000';
}

function isAllowed(repository: string, scope: string): boolean {
  return isNested(repository, scope) || (!repository.includes('/') && isNested(scope, repository));
}

const payloadHint =
  'nodes refuse these images, also when a mirror has them: policy.json judges the name that was asked for';
const platformHint = 'operators, their catalogs and image streams are pulled from there; add what this cluster uses';

function report(
  severity: 'warning' | 'info',
  first: ScopeRule,
  missing: readonly string[],
  hint: string,
): Diagnostic[] {
  if (missing.length === 0) return [];
  const what = severity === 'warning' ? 'the release needs' : 'most clusters pull from';
  const message = `allowedRegistries leaves out ${missing.join(' and ')}, which ${what}`;
  return [diagnose(severity, code, message, above(first.origin), { hint })];
}
