import type { Diagnostic } from '@pullpath/diagnostics';
import { joinedFaults } from '../mirror-config/condition-message.ts';
import { absent, asExpected, expected, type FoundCondition, failed } from './condition.ts';

/** What the endpoint wrote into a token Secret. */
export interface PayloadReport {
  /** Undefined when there is no token Secret. */
  readonly secret?: { readonly reason: string; readonly message: string; readonly reached: boolean } | undefined;
}

/** Where a rollout of configuration stands. */
export interface ConfigRollout {
  readonly upgradeType: 'Replace' | 'InPlace';
  /** The hash of what nodes are to have; undefined before there ever was one. */
  readonly target?: string | undefined;
  readonly isUpdating: boolean;
  /** What the rollout in place says. */
  readonly progress?: string | undefined;
  readonly failure?: string | undefined;
  /** What changed, where only one part did. */
  readonly cause?: string | undefined;
}

/** `ValidMachineConfig`: whether what the pool names can be used. */
export function validMachineConfig(diagnostics: readonly Diagnostic[]): FoundCondition {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return expected('ValidMachineConfig');
  return failed('ValidMachineConfig', 'ValidationFailed', joinedFaults(errors.map(sentence)));
}

/** `ValidMachineConfig` of a pool that has no nodes yet, while its cluster's mirrors were never accepted. */
export function waitingForMirrors(message: string): FoundCondition {
  return failed('ValidMachineConfig', 'WaitingForImageMirrorConfig', message);
}

/** Whether nodes still have another configuration than they are to have. */
export function isUpdatingConfig(current: string | undefined, target: string | undefined): boolean {
  return target !== undefined && current !== target;
}

/** `UpdatingConfig` (openshift/hypershift `updatingConfigCondition`). */
export function updatingConfig(rollout: ConfigRollout): FoundCondition {
  const { upgradeType, target, isUpdating, progress, failure, cause } = rollout;
  if (failure !== undefined) return failed('UpdatingConfig', 'InplaceUpgradeFailed', failure);
  if (!isUpdating) return absent('UpdatingConfig');
  const why = cause === undefined ? '' : ` (${cause})`;
  const text = `Updating config in progress. Target config: ${target}${why}`;
  const message = upgradeType === 'InPlace' && progress !== undefined ? progress : text;
  return { type: 'UpdatingConfig', status: 'True', reason: asExpected, message };
}

/** `ValidGeneratedPayload`: what the endpoint made of the configuration. */
export function validGeneratedPayload({ secret }: PayloadReport): FoundCondition {
  const type = 'ValidGeneratedPayload';
  if (!secret) return failed(type, 'NotFound', 'there is no token Secret yet');
  if (secret.reason === '') return { type, status: 'Unknown', reason: asExpected, message: 'Waiting for the payload' };
  if (secret.reason === asExpected) return expected(type, secret.message);
  return failed(type, secret.reason, secret.message);
}

/** `ReachedIgnitionEndpoint`: whether a machine has fetched the configuration. */
export function reachedIgnitionEndpoint({ secret }: PayloadReport): FoundCondition {
  const type = 'ReachedIgnitionEndpoint';
  if (secret?.reached) return expected(type);
  const why = secret && secret.reason !== '' && secret.reason !== asExpected ? `: ${secret.message}` : '';
  return failed(type, 'ignitionNotReached', `no machine has fetched the configuration yet${why}`);
}

/** What is known about a NodePool when its conditions are written. */
export interface NodePoolFacts extends PayloadReport {
  readonly machineConfig: FoundCondition;
  readonly active: FoundCondition;
  readonly rollout: ConfigRollout;
  readonly isAutoscaled: boolean;
  readonly isAutorepaired: boolean;
  readonly isUpdatingVersion: boolean;
  readonly version: string | undefined;
  readonly releaseImage: string | undefined;
  readonly ignitionUrl: string | undefined;
  readonly replicas: number;
  readonly machines: readonly { readonly name: string; readonly ready: boolean; readonly joined: boolean }[];
}

/** Conditions of a NodePool in upstream's order (hypershift 1.10). */
export function nodePoolConditions(facts: NodePoolFacts): readonly FoundCondition[] {
  const { releaseImage, ignitionUrl, machines, replicas, version } = facts;
  const booting = machines.filter(({ joined }) => !joined).map(({ name }) => name);
  const sick = machines.filter(({ joined, ready }) => joined && !ready).map(({ name }) => name);
  const isComplete = machines.length === replicas && booting.length === 0;
  return [
    facts.isAutoscaled ? expected('AutoscalingEnabled') : absent('AutoscalingEnabled'),
    facts.isAutorepaired ? expected('AutorepairEnabled') : absent('AutorepairEnabled'),
    expected('UpdateManagementEnabled'),
    releaseImage === undefined
      ? failed('ValidReleaseImage', 'ValidationFailed', 'spec.release.image is not set')
      : expected('ValidReleaseImage', `Using release image: ${releaseImage}`),
    ignitionUrl === undefined
      ? failed('IgnitionEndpointAvailable', 'IgnitionEndpointMissing', 'no address of the Ignition endpoint is known')
      : expected('IgnitionEndpointAvailable'),
    expected('ValidArchPlatform'),
    facts.active,
    expected('SupportedVersionSkew'),
    facts.machineConfig,
    updatingConfig(facts.rollout),
    facts.isUpdatingVersion
      ? expected('UpdatingVersion', `Updating version in progress. Target version: ${version}`)
      : absent('UpdatingVersion'),
    validGeneratedPayload(facts),
    reachedIgnitionEndpoint(facts),
    isComplete
      ? expected('AllMachinesReady')
      : failed('AllMachinesReady', 'ScalingUp', machinesMessage(machines.length, replicas, booting)),
    sick.length === 0
      ? expected('AllNodesHealthy')
      : failed('AllNodesHealthy', 'NodeConditionsFailed', `not ready: ${sick.join(', ')}`),
    expected('ValidPlatformConfig'),
    isComplete && sick.length === 0
      ? expected('Ready')
      : failed('Ready', 'ScalingUp', machinesMessage(machines.length, replicas, booting)),
  ];
}

function machinesMessage(found: number, wanted: number, booting: readonly string[]): string {
  const boot = booting.length === 0 ? '' : `, ${booting.join(', ')} not joined yet`;
  return `${found} of ${wanted} machines${boot}`;
}

function sentence({ object, path, message, hint }: Diagnostic): string {
  const place = [object, path].filter((part) => part !== undefined && part !== '').join(' ');
  return `${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : ` (${hint})`}`;
}
