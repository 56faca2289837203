export type { InFlightOptions, Permit } from './client/in-flight-limit.ts';
export { defaultInFlight, InFlightLimit } from './client/in-flight-limit.ts';
export type { KubeClientOptions } from './client/kube-client.ts';
export { KubeClient } from './client/kube-client.ts';
export type { KubeErrorCode, KubeStatus, StatusCause, StatusDetails } from './client/kube-error.ts';
export {
  hasCause,
  isAlreadyExists,
  isConflict,
  isExpired,
  isNotFound,
  isStatus,
  KubeError,
} from './client/kube-error.ts';
export type {
  ApplyObject,
  ApplyOptions,
  DeleteOptions,
  Eviction,
  ListOptions,
  PatchType,
  Selection,
  WatchOptions,
  WriteOptions,
} from './client/options.ts';
export type { RequestCount } from './client/request-metrics.ts';
export type { CallOptions, KubeWarning } from './client/sender.ts';
export type { KubeTable } from './client/table.ts';
export type { WatchEvent } from './client/watch-event.ts';
export type { ControllerOptions, Source } from './controller/controller.ts';
export { Controller, keysOf } from './controller/controller.ts';
export type { ReconcileMetrics } from './controller/reconcile-metrics.ts';
export type { Reconcile, ReconcileResult } from './controller/run-workers.ts';
export type { EventNotice } from './events/event-correlator.ts';
export type { EventMetrics, EventRecorderOptions } from './events/event-recorder.ts';
export { EventRecorder } from './events/event-recorder.ts';
export type { Change, ChangeCause, ChangeHandler } from './informer/change.ts';
export type { IndexFunction } from './informer/index-table.ts';
export type { InformerOptions } from './informer/informer.ts';
export { Informer } from './informer/informer.ts';
export type { ReflectorOptions, ReflectorSink } from './informer/reflector.ts';
export { Reflector } from './informer/reflector.ts';
export type { ReflectorMetrics } from './informer/reflector-metrics.ts';
export type { StoreOptions } from './informer/store.ts';
export { ObjectStore, withoutManagedFields } from './informer/store.ts';
export type { LeaderElectionOptions, Outcome } from './leader/leader-election.ts';
export { runForLeader } from './leader/leader-election.ts';
export type { ConfigMap, KubeEvent, Lease, ObjectReference } from './objects/builtin.ts';
export { configMaps, events, leases, pods } from './objects/builtin.ts';
export type { Condition, FoundCondition } from './objects/conditions.ts';
export {
  findCondition,
  isConditionTrue,
  microTime,
  rfc3339,
  setCondition,
  summarize,
} from './objects/conditions.ts';
export type { KubeList, KubeObject, ObjectMeta, OwnerReference } from './objects/object.ts';
export { keyOf, objectKey, splitKey } from './objects/object.ts';
export type { Place, Resource } from './objects/resource.ts';
export { apiVersionOf } from './objects/resource.ts';
export { compareResourceVersions } from './objects/resource-version.ts';
export type { FailureLimits } from './queue/failure-limiter.ts';
export { defaultFailureLimits } from './queue/failure-limiter.ts';
export type { Priority } from './queue/priority-lanes.ts';
export type { QueueMetrics } from './queue/queue-metrics.ts';
export type { WorkQueueOptions } from './queue/work-queue.ts';
export { WorkQueue } from './queue/work-queue.ts';
export type { BackoffOptions } from './time/backoff.ts';
export { reflectorBackoff } from './time/backoff.ts';
export type { Clock } from './time/clock.ts';
export { aborted, pause, systemClock } from './time/clock.ts';
export { TokenBucket } from './time/token-bucket.ts';
export type { FetchTransportOptions } from './transport/fetch-transport.ts';
export { fetchTransport } from './transport/fetch-transport.ts';
export type { Transport, TransportRequest, TransportResponse } from './transport/transport.ts';
