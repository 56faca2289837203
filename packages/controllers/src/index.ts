export { controllers } from './controllers.ts';
export type { FleetState, Histogram } from './hypershift/fleet-metrics.ts';
export { watchFleet } from './hypershift/fleet-metrics.ts';
export type { IgnitionContext } from './hypershift/ignition/handler.ts';
export { ignitionHandler } from './hypershift/ignition/handler.ts';
export type { ApiClusterOptions } from './manager/api-cluster.ts';
export { ApiCluster } from './manager/api-cluster.ts';
export { Collection } from './manager/collection.ts';
export type {
  ControllerContext,
  ControllerDefinition,
  ControllerSettings,
  Machine,
  MachineProvider,
} from './manager/context.ts';
export type { GuestsOptions } from './manager/guests.ts';
export { adminKubeconfigSecret, Guests } from './manager/guests.ts';
export type { LiveObject } from './manager/live-object.ts';
export type { RunningControllers } from './manager/run-controllers.ts';
export { runControllers } from './manager/run-controllers.ts';
export { selectControllers } from './manager/select-controllers.ts';
export type { Watched } from './manager/watched.ts';
export { marks as poolMarks } from './openshift/machine-config-pool/marks.ts';
export type { Steering } from './rollout/index.ts';
export { pauseNodePool, pauseRollout, resumeNodePool, resumeRollout, undoRollout } from './rollout/index.ts';
