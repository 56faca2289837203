import { installConfigKind, type LocatedObject } from '@pullpath/api';
import type { MirrorRule, RuleSet } from '../model.ts';
import { rulesAt } from './mirror-rules.ts';
import { textAt } from './objects.ts';

/** What an install-config gives the nodes of the cluster that it installs. */
export interface InstallConfigRules {
  readonly rules: readonly MirrorRule[];
  readonly pullSecret?: LocatedObject | undefined;
  readonly trustBundle?: RuleSet['trustBundle'];
}

/**
 * Rules of `imageDigestSources` (policy field `sourcePolicy`) and of the older `imageContentSources`, which the installer
 * turns into the same kind of object; the pull secret as the Secret that it becomes; the additional trust bundle.
 */
export function installConfigRules(objects: readonly LocatedObject[]): InstallConfigRules {
  const configs = objects.filter(({ object }) => object.kind === installConfigKind && object.apiVersion === 'v1');
  const rules = configs.flatMap((config) => [
    ...rulesAt(config, ['imageDigestSources'], 'idms', 'sourcePolicy'),
    ...rulesAt(config, ['imageContentSources'], 'idms', 'sourcePolicy'),
  ]);
  const last = configs.at(-1);
  return { rules, pullSecret: last && pullSecretOf(last), trustBundle: last && bundleOf(last) };
}

function pullSecretOf(config: LocatedObject): LocatedObject | undefined {
  const text = textAt(config, ['pullSecret']);
  if (text === undefined) return undefined;
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull-secret', namespace: 'openshift-config' },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': text },
  };
  return { object, embedded: { in: config, path: ['pullSecret'], document: 0 } };
}

function bundleOf(config: LocatedObject): RuleSet['trustBundle'] {
  const path = ['additionalTrustBundle'];
  const pem = textAt(config, path);
  return pem === undefined ? undefined : { pem, origin: { of: config, path } };
}
