export type { ApiAccess, KubeAnswer, KubeApi, KubeRequest, KubeStream } from './api.ts';
export { openKubeApi } from './api.ts';
export type { ControlPlane, ControlPlaneOptions, RealApi } from './control-plane.ts';
export { startControlPlane } from './control-plane.ts';
export { freePorts } from './free-port.ts';
export { kubeconfigOf } from './kubeconfig.ts';
export type { KubernetesPrograms } from './programs.ts';
export { findKubernetes, kubernetesOrSkip } from './programs.ts';
