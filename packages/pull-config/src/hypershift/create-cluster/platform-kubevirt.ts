import type { Diagnostic } from '@pullpath/diagnostics';
import { canonicalQuantity } from '../canonical-quantity.ts';
import { type FlagValues, usageFault } from './flag-values.ts';
import type { Platform, PlatformParts } from './platform.ts';
import { servicesAtAddress, servicesByIngress } from './services.ts';

/** Virtual machines of the management cluster. Without a base domain the cluster's own one is passed through. */
export const kubevirtPlatform: Platform = (flags): PlatformParts => {
  const [baseDomain, address] = [flags.text('base-domain'), flags.text('api-server-address')];
  const isNodePort = flags.text('service-publishing-strategy') === 'NodePort';
  const ingress = servicesByIngress(flags.text('name'), flags.text('external-dns-domain'));
  return {
    spec: {
      dns: { baseDomain },
      platform: { kubevirt: baseDomain === '' ? { baseDomainPassthrough: true } : {}, type: 'KubeVirt' },
      services: isNodePort ? servicesAtAddress(address) : ingress,
    },
    nodePools: [{ platform: { kubevirt: machine(flags), type: 'KubeVirt' } }],
    upgradeType: 'Replace',
    resources: [],
    diagnostics: faultsOf(flags, isNodePort, address),
  };
};

const defaultVolumeSize = 32;

function machine(flags: FlagValues): Record<string, unknown> {
  const size = canonicalQuantity(`${flags.number('root-volume-size') ?? defaultVolumeSize}Gi`);
  const storageClass = flags.text('root-volume-storage-class') || undefined;
  return {
    attachDefaultNetwork: true,
    compute: { cores: flags.number('cores'), memory: canonicalQuantity(flags.text('memory')) },
    networkInterfaceMultiqueue: 'Enable',
    rootVolume: { persistent: { size, storageClass }, type: 'Persistent' },
  };
}

function faultsOf(flags: FlagValues, isNodePort: boolean, address: string): readonly Diagnostic[] {
  const memory = flags.text('memory');
  const faults: readonly (readonly [boolean, string])[] = [
    [isNodePort && address === '', '--service-publishing-strategy NodePort needs --api-server-address'],
    [!isNodePort && address !== '', '--api-server-address needs --service-publishing-strategy NodePort'],
    [canonicalQuantity(memory) === undefined, `--memory: "${memory}" is no quantity`],
    [(flags.number('cores') ?? 1) < 1, '--cores: at least 1 is needed'],
    [(flags.number('root-volume-size') ?? defaultVolumeSize) < 16, '--root-volume-size: at least 16 is needed'],
  ];
  return faults.filter(([isFault]) => isFault).map(([, message]) => usageFault(message));
}
