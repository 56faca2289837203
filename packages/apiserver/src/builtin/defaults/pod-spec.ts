import { listAt, textAt, valueAt } from '../read.ts';
import { containerDefaults } from './container.ts';
import { volumeDefaults } from './volume.ts';

type Json = Readonly<Record<string, unknown>>;

/** A pod spec, of a Pod or of a template, with what its author left out. */
export function podSpecDefaults(spec: Json): Json {
  const account = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount');
  return {
    ...spec,
    ...defaultedList(spec, 'volumes', volumeDefaults),
    ...defaultedList(spec, 'containers', containerDefaults),
    ...defaultedList(spec, 'initContainers', containerDefaults),
    ...defaultedList(spec, 'ephemeralContainers', containerDefaults),
    ...(account !== '' && { serviceAccountName: account, serviceAccount: account }),
    dnsPolicy: textAt(spec, 'dnsPolicy') || 'ClusterFirst',
    restartPolicy: textAt(spec, 'restartPolicy') || 'Always',
    securityContext: valueAt(spec, 'securityContext') ?? {},
    terminationGracePeriodSeconds: valueAt(spec, 'terminationGracePeriodSeconds') ?? 30,
    schedulerName: textAt(spec, 'schedulerName') || 'default-scheduler',
  };
}

/** The same for `spec.template` of a workload. */
export function templateDefaults(spec: Json): Json {
  const template = (valueAt(spec, 'template') ?? {}) as Json;
  const podSpec = (valueAt(template, 'spec') ?? {}) as Json;
  return { ...spec, template: { ...template, spec: podSpecDefaults(podSpec) } };
}

function defaultedList(spec: Json, name: string, defaults: (item: unknown) => Json): Json {
  return valueAt(spec, name) === undefined ? {} : { [name]: listAt(spec, name).map(defaults) };
}
