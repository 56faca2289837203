import type { JsonObject } from '../../model.ts';

/** Services behind node ports of one address. */
export function servicesAtAddress(address: string): readonly JsonObject[] {
  return ['APIServer', 'Ignition', 'Konnectivity', 'OAuthServer', 'OIDC'].map((service) => ({
    service,
    servicePublishingStrategy: { nodePort: { address }, type: 'NodePort' },
  }));
}

/**
 * Services behind a load balancer (the API server) and routes. With an external DNS domain all are routes, those in
 * `named` with a host name there.
 */
export function servicesByIngress(cluster: string, domain = '', named: readonly string[] = []): readonly JsonObject[] {
  return Object.entries(hostPrefixes).map(([service, prefix]) => ({
    service,
    servicePublishingStrategy: {
      type: service === 'APIServer' && domain === '' ? 'LoadBalancer' : 'Route',
      ...(domain !== '' && named.includes(service) && { route: { hostname: `${prefix}-${cluster}.${domain}` } }),
    },
  }));
}

const hostPrefixes = { APIServer: 'api', Ignition: 'ignition', Konnectivity: 'konnectivity', OAuthServer: 'oauth' };
