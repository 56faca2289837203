import { dnsLabelFaults, dnsSubdomainFaults, type NameCheck } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { containersFaults, oneOf } from './container.ts';
import { duplicate, forbidden, invalid, invalidEach, required } from './faults.ts';
import { labelsFaults } from './label-selector.ts';
import { tolerationsFaults } from './taints.ts';

/**
 * Faults of a pod spec as far as storing, scheduling by name and draining need it: names, volumes, containers, policies,
 * tolerations. Source: Kubernetes `ValidatePodSpec`.
 */
export function podSpecFaults(spec: unknown, field: string): FieldFault[] {
  const volumes = listAt(spec, 'volumes');
  const names = new Set(volumes.map((volume) => textAt(volume, 'name')));
  return [
    ...volumesFaults(volumes, `${field}.volumes`),
    ...(listAt(spec, 'containers').length === 0 ? [required(`${field}.containers`)] : []),
    ...containersFaults(listAt(spec, 'containers'), `${field}.containers`, names),
    ...containersFaults(listAt(spec, 'initContainers'), `${field}.initContainers`, names),
    ...hostPortFaults(spec, field),
    ...oneOf(spec, field, 'restartPolicy', ['Always', 'OnFailure', 'Never']),
    ...oneOf(spec, field, 'dnsPolicy', ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']),
    ...labelsFaults(mapAt(spec, 'nodeSelector'), `${field}.nodeSelector`),
    ...nameFaults(spec, field, 'serviceAccountName', dnsSubdomainFaults),
    ...nameFaults(spec, field, 'nodeName', dnsSubdomainFaults),
    ...deadlineFaults(valueAt(spec, 'activeDeadlineSeconds'), `${field}.activeDeadlineSeconds`),
    ...nameFaults(spec, field, 'hostname', dnsLabelFaults),
    ...nameFaults(spec, field, 'subdomain', dnsLabelFaults),
    ...tolerationsFaults(listAt(spec, 'tolerations'), `${field}.tolerations`),
    ...nameFaults(spec, field, 'priorityClassName', dnsSubdomainFaults),
  ];
}

function nameFaults(spec: unknown, field: string, member: string, check: NameCheck): FieldFault[] {
  const name = textAt(spec, member);
  return name === '' ? [] : invalidEach(`${field}.${member}`, name, check(name));
}

function deadlineFaults(value: unknown, field: string): FieldFault[] {
  if (typeof value !== 'number' || (value >= 1 && value <= 2 ** 31 - 1)) return [];
  return [invalid(field, value, 'must be between 1 and 2147483647, inclusive')];
}

/** Ports of the host network are those of the container. */
function hostPortFaults(spec: unknown, field: string): FieldFault[] {
  if (valueAt(spec, 'hostNetwork') !== true) return [];
  return listAt(spec, 'containers').flatMap((container, index) =>
    listAt(container, 'ports').flatMap((port, at) => {
      const [host, own] = [valueAt(port, 'hostPort'), valueAt(port, 'containerPort')];
      const place = `${field}.containers[${index}].ports[${at}].hostPort`;
      return host === own ? [] : [invalid(place, host ?? 0, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}

function volumesFaults(volumes: readonly unknown[], field: string): FieldFault[] {
  const seen = new Set<string>();
  return volumes.flatMap((volume, index) => {
    const at = `${field}[${index}]`;
    const name = textAt(volume, 'name');
    const repeated = seen.has(name) ? [duplicate(`${at}.name`, name)] : [];
    seen.add(name);
    return [
      ...secondSourceFaults(volume, at),
      ...(name === '' ? [required(`${at}.name`)] : invalidEach(`${at}.name`, name, dnsLabelFaults(name))),
      ...repeated,
    ];
  });
}

// The server looks for the sources in this order and takes the first; others follow in any.
const firstSources = ['emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore', 'secret', 'nfs'];

function secondSourceFaults(volume: unknown, field: string): FieldFault[] {
  const rank = (source: string): number =>
    (firstSources.indexOf(source) + firstSources.length + 1) % (firstSources.length + 1);
  const sources = Object.keys(volume as object).filter((member) => member !== 'name');
  const [, ...others] = sources.sort((a, b) => rank(a) - rank(b));
  return others.map((source) => forbidden(`${field}.${source}`, 'may not specify more than 1 volume type'));
}
