export type { ContainerdRoutes, HostsOfRegistry } from './containerd/route.ts';
export { containerdRoutes } from './containerd/route.ts';
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
