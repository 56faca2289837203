import {
  ApiCluster,
  type ControllerDefinition,
  type ControllerSettings,
  Guests,
  type RunningControllers,
  runControllers,
  watchFleet,
} from '@pullpath/controllers';
import { type KubeClient, systemClock } from '@pullpath/kube-client';
import type { Log } from './log.ts';
import { controllerMetrics, fleetMetrics, type Metric } from './metrics-text.ts';

export interface ControlPlaneOptions {
  readonly client: KubeClient;
  /** A client for the kubeconfig of a hosted cluster. */
  readonly connect: (kubeconfig: string) => Promise<KubeClient>;
  readonly definitions: readonly ControllerDefinition[];
  readonly settings: ControllerSettings;
  /** Which of several processes this is. */
  readonly instance: string;
  readonly log: Log;
}

export interface ControlPlane extends RunningControllers {
  readonly management: ApiCluster;
  readonly guests: Guests;
  /** Everything that is counted here. */
  readonly metrics: () => readonly Metric[];
}

/** Runs controllers on an API and on the hosted clusters that it leads to, until the signal is aborted. */
export function startControlPlane(options: ControlPlaneOptions, signal: AbortSignal): ControlPlane {
  const { client, connect, definitions, settings, instance, log } = options;
  const common = { component: 'pullpath', instance, report: log.report };
  const management = new ApiCluster({ ...common, name: '', client });
  const guests = new Guests({ ...common, management, connect });
  const context = { management, guests, clock: systemClock, report: log.report, settings };
  const fleet = watchFleet(management, systemClock);
  const running = runControllers(definitions, context, signal);
  const metrics = (): readonly Metric[] => [...controllerMetrics(running, client), ...fleetMetrics(fleet())];
  return { management, guests, metrics, ...running };
}
