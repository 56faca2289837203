import type { KeyPair } from './certificates.ts';

/** A kubeconfig as JSON, which every reader of YAML takes: one cluster, one user, one context. */
export function kubeconfig(server: string, name: string, authority: KeyPair, client: KeyPair): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority.certificate) } }],
    users: [
      { name, user: { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) } },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
