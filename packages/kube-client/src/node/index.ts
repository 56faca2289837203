export { connect } from './connect.ts';
export type { Credentials, KubeConnection, TlsSettings } from './connection.ts';
export { staticConnection } from './connection.ts';
export { foreignConnection } from './foreign-kubeconfig.ts';
export type { Impersonated } from './impersonating.ts';
export { impersonating } from './impersonating.ts';
export type { KubeconfigOptions } from './kubeconfig.ts';
export { loadConnection } from './kubeconfig.ts';
export { undiciTransport } from './undici-transport.ts';
