import { type LocatedObject, valueAt } from '@pullpath/api';
import { goYaml } from '../../formats/go-yaml.ts';
import { ignitionConfig } from '../../formats/ignition.ts';
import type { MirrorRule } from '../../model.ts';
import { clusterMirrorText } from '../node-pool/cluster-mirror-objects.ts';
import { mirrorConfigName } from '../node-pool/core-configs.ts';
import { hashSimple } from '../node-pool/fnv.ts';
import { marks } from './names.ts';

/** A core ConfigMap of a control plane: what all its NodePools have in common. */
export interface CoreIgnition {
  readonly name: string;
  readonly config: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * The core ConfigMaps: FIPS and SSH always, the mirrors when there are rules. That of the mirrors is marked with the hash
 * of its text, by which NodePools tell whether it is the one that was decided.
 */
export function coreIgnitionConfigs(
  { cluster, sshKey }: { readonly cluster: LocatedObject; readonly sshKey?: string | undefined },
  { digest, tag }: { readonly digest: readonly MirrorRule[]; readonly tag: readonly MirrorRule[] },
): readonly CoreIgnition[] {
  const mirrors = mirrorText(digest, tag);
  const hash = { [marks.mirrorHash]: hashSimple(mirrors) };
  return [
    { name: 'ignition-config-fips', config: fipsText(cluster), annotations: {} },
    { name: 'ignition-config-worker-ssh', config: sshText(sshKey), annotations: {} },
    ...(mirrors === '' ? [] : [{ name: mirrorConfigName, config: mirrors, annotations: hash }]),
  ];
}

// The clusters of a fleet have the same rules, which are printed once.
const printed = new WeakMap<readonly MirrorRule[], { readonly tag: readonly MirrorRule[]; readonly text: string }>();

function mirrorText(digest: readonly MirrorRule[], tag: readonly MirrorRule[]): string {
  const known = printed.get(digest);
  if (known?.tag === tag) return known.text;
  const text = clusterMirrorText(digest, tag);
  printed.set(digest, { tag, text });
  return text;
}

function fipsText(cluster: LocatedObject): string {
  return valueAt(cluster.object, ['spec', 'fips']) === true ? withFips() : withoutFips();
}

function sshText(sshKey: string | undefined): string {
  const key = sshKey?.trim() ?? '';
  return key === '' ? withoutSsh() : sshConfigText({ users: [{ name: 'core', sshAuthorizedKeys: [key] }] });
}

function sshConfigText(passwd: object): string {
  return machineConfigText('99-worker-ssh', { config: { ...ignitionConfig([]), passwd } });
}

function machineConfigText(name: string, spec: Readonly<Record<string, unknown>>): string {
  return goYaml({
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfig',
    metadata: { labels: { 'machineconfiguration.openshift.io/role': 'worker' }, name },
    spec,
  });
}

const withFips = printedOnce(() => machineConfigText('30-fips', { fips: true }));
const withoutFips = printedOnce(() => machineConfigText('30-fips', { fips: false }));
const withoutSsh = printedOnce(() => sshConfigText({}));

// Texts that clusters share are printed when the first one asks: printing costs each start milliseconds.
function printedOnce(print: () => string): () => string {
  let text: string | undefined;
  return () => {
    text ??= print();
    return text;
  };
}
