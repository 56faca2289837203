export type { ContainerdRoutes, HostsOfRegistry } from './containerd/route.ts';
export { containerdRoutes } from './containerd/route.ts';
export type { K3sOptions, K3sRequest, K3sRoutes } from './k3s/route.ts';
export { k3sRoutes } from './k3s/route.ts';
export type {
  HostCertificate,
  HostCredential,
  ReportEntry,
  ReportKind,
  Runtime,
  RuntimeOptions,
  RuntimeOutput,
  Verdict,
} from './model.ts';
export { renderRuntime } from './render-runtime.ts';
export type { ExplainedRuntime, RuntimeRoutes } from './runtime-routes.ts';
export { runtimeRoutes } from './runtime-routes.ts';
