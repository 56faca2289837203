import { offlineNote, type Platform } from './platform.ts';
import { servicesAtAddress, servicesByIngress } from './services.ts';

/** No platform: nodes are brought by the user. */
export const nonePlatform: Platform = (flags) => {
  const address = flags.text('external-api-server-address');
  const isAssumed = address === '' && !flags.isOn('expose-through-load-balancer');
  return {
    spec: {
      dns: { baseDomain: flags.text('base-domain') || 'example.com' },
      platform: { type: 'None' },
      services: address === '' ? servicesByIngress(flags.text('name')) : servicesAtAddress(address),
    },
    nodePools: [{ platform: { type: 'None' } }],
    upgradeType: 'InPlace',
    resources: [],
    diagnostics: isAssumed ? [noAddress('external-api-server-address')] : [],
  };
};

/** The address of a node cannot be looked up. */
export function noAddress(flag: string): ReturnType<typeof offlineNote> {
  const message = 'no node is asked for its address, so services are exposed through load balancers and routes';
  return offlineNote(message, `name an address with --${flag} to expose them as node ports`);
}
