import type { FleetState, RunningControllers } from '@pullpath/controllers';
import type { KubeClient } from '@pullpath/kube-client';

/** One metric in Prometheus' text format. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** Of a histogram: `_bucket`, `_sum` or `_count`. */
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics as Prometheus reads them (text format 0.0.4). Samples keep their order, labels are sorted. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, type, help, samples }) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => sampleText(name, sample))]
        .join('\n')
        .concat('\n'),
    )
    .join('');
}

function sampleText(name: string, { suffix = '', labels, value }: Sample): string {
  const pairs = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  const text = pairs.map(([label, of]) => `${label}="${escaped(of)}"`).join(',');
  return `${name}${suffix}${text === '' ? '' : `{${text}}`} ${value}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** Queues, reconciliations and requests under the names that client-go and controller-runtime give them. */
export function controllerMetrics({ controllers }: RunningControllers, client: KubeClient): readonly Metric[] {
  const all = [...controllers].map(([name, controller]) => ({ name, ...controller.metrics() }));
  const queue = (
    name: string,
    type: Metric['type'],
    help: string,
    value: (metrics: (typeof all)[number]) => number,
  ): Metric => ({
    name: `workqueue_${name}`,
    type,
    help,
    samples: all.map((metrics) => ({ labels: { name: metrics.name }, value: value(metrics) })),
  });
  return [
    queue('depth', 'gauge', 'Keys that wait for a worker.', (it) => it.queue.depth),
    queue('adds_total', 'counter', 'Keys that were added.', (it) => it.queue.adds),
    queue('retries_total', 'counter', 'Keys that were added again after a failure.', (it) => it.queue.retries),
    queue('queue_duration_seconds_sum', 'counter', 'Seconds that keys waited.', (it) => it.queue.waitSeconds),
    queue('work_duration_seconds_sum', 'counter', 'Seconds of work on keys.', (it) => it.queue.workSeconds),
    {
      name: 'controller_runtime_reconcile_total',
      type: 'counter',
      help: 'Reconciliations by outcome.',
      samples: all.flatMap(({ name, reconcile }) =>
        (['success', 'requeue', 'error'] as const).map((result) => ({
          labels: { controller: name, result },
          value: reconcile[result],
        })),
      ),
    },
    requestMetrics(client),
  ];
}

/** Requests of a client by outcome, under the name that client-go gives them. */
export function requestMetrics(client: KubeClient): Metric {
  return {
    name: 'rest_client_requests_total',
    type: 'counter',
    help: 'Requests to the API server by verb, resource and outcome.',
    samples: client.metrics().map(({ verb, resource, code, count }) => ({
      labels: { verb, resource, code },
      value: count,
    })),
  };
}

/** Mirrors of a fleet under the names of hypershift 2.7. */
export function fleetMetrics({ clusters, fanout }: FleetState): readonly Metric[] {
  const prefix = 'hypershift_image_mirror_config';
  const labels = clusters.map(({ namespace, name }) => ({ namespace, name }));
  return [
    {
      name: `${prefix}_valid`,
      type: 'gauge',
      help: 'Whether the mirrors of a HostedCluster are accepted.',
      samples: clusters.map(({ valid }, index) => ({ labels: labels[index] ?? {}, value: Number(valid) })),
    },
    {
      name: `${prefix}_info`,
      type: 'gauge',
      help: 'The mirrors in force of a HostedCluster, by their hash.',
      samples: clusters.map(({ hash }, index) => ({ labels: { ...labels[index], hash }, value: 1 })),
    },
    {
      name: `${prefix}_fanout_seconds`,
      type: 'histogram',
      help: 'From a change of a mirror ConfigMap until a HostedCluster has taken it.',
      samples: [
        ...[...fanout.buckets, ['+Inf', fanout.count] as const].map(([le, value]) => ({
          suffix: '_bucket',
          labels: { le: String(le) },
          value,
        })),
        { suffix: '_sum', labels: {}, value: fanout.sum },
        { suffix: '_count', labels: {}, value: fanout.count },
      ],
    },
  ];
}
