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
