import { keyValues } from './key-values.ts';
import type { Platform } from './platform.ts';
import { noAddress } from './platform-none.ts';
import { servicesAtAddress, servicesByIngress } from './services.ts';

/** Bare metal by Agents. */
export const agentPlatform: Platform = (flags) => {
  const address = flags.text('api-server-address');
  const selector = keyValues('agentLabelSelector', flags.list('agentLabelSelector'));
  const agent = Object.keys(selector.pairs).length === 0 ? {} : { agentLabelSelector: { matchLabels: selector.pairs } };
  return {
    spec: {
      dns: { baseDomain: flags.text('base-domain') || 'example.com' },
      platform: { agent: { agentNamespace: flags.text('agent-namespace') }, type: 'Agent' },
      services: address === '' ? servicesByIngress(flags.text('name')) : servicesAtAddress(address),
    },
    nodePools: [{ platform: { agent, type: 'Agent' } }],
    upgradeType: 'InPlace',
    resources: [],
    diagnostics: [...selector.diagnostics, ...(address === '' ? [noAddress('api-server-address')] : [])],
  };
};
