export type { KeyedCertificate, TestAuthority, Validity } from './certificates/certificate.ts';
export { createAuthority } from './certificates/certificate.ts';
export type { Containerd, DockerRegistry, DockerRegistryOptions, Ended, ImageDirectory } from './daemons/index.ts';
export {
  findProgram,
  programsOrSkip,
  pushImage,
  runProgram,
  startContainerd,
  startDockerRegistry,
  writeImage,
} from './daemons/index.ts';
export type { FuzzBudget, FuzzFailure, FuzzMeasurement, FuzzTarget, Random } from './fuzz/index.ts';
export { checkSeed, fuzzTargets, manifestsText, measureTarget, runTarget, seeded } from './fuzz/index.ts';
export type { KubeFault, KubeFaultEffect } from './kube/faults.ts';
export { type ProxyFault, proxyFaults } from './kube/proxy-faults.ts';
export type { FaultyProxy } from './kube/start-faulty-proxy.ts';
export { startFaultyProxy } from './kube/start-faulty-proxy.ts';
export type { KubeServerOptions, SeenKubeRequest, TestKubeServer } from './kube/start-kube-server.ts';
export { startKubeServer } from './kube/start-kube-server.ts';
export type {
  ApiAccess,
  ControlPlane,
  ControlPlaneOptions,
  KubeAnswer,
  KubeApi,
  KubeRequest,
  KubernetesPrograms,
  KubeStream,
  RealApi,
} from './kubernetes/index.ts';
export {
  findKubernetes,
  freePorts,
  kubeconfigOf,
  kubernetesOrSkip,
  openKubeApi,
  startControlPlane,
} from './kubernetes/index.ts';
export type { HttpAnswer, HttpQuestion } from './ocm/ask-over-tls.ts';
export { askOverTls } from './ocm/ask-over-tls.ts';
export type { ClusterSeed, TestOcmServer } from './ocm/start-ocm-server.ts';
export { startOcmServer } from './ocm/start-ocm-server.ts';
export type { Oracle } from './oracle.ts';
export { findOracle, oracleOrSkip, startOracle } from './oracle.ts';
export type { Skippable } from './real-program.ts';
export type { BasicAuth, BearerAuth, Fault, FaultEffect, RegistryOptions, SeenRequest } from './registry/options.ts';
export type { TestRegistry } from './registry/start-registry.ts';
export { startRegistry } from './registry/start-registry.ts';
export { soak } from './soak.ts';
export { type AttachedProvider, attachProvider } from './terraform/attached-provider.ts';
export {
  findTerraform,
  flatText,
  openTerraform,
  type StateObject,
  type TerraformWorkspace,
  terraformOrSkip,
} from './terraform/workspace.ts';
export type { FakeClock } from './time/fake-clock.ts';
export { fakeClock } from './time/fake-clock.ts';
export { differenceOf } from './vectors/compare.ts';
export type { GroupResult } from './vectors/run-vectors.ts';
export { runVectors } from './vectors/run-vectors.ts';
export type { VectorCase } from './vectors/vector-file.ts';
export { areaName, parseVectorFile } from './vectors/vector-file.ts';
