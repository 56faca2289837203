import { compareQuantities, parseQuantity } from '@pullpath/api';
import { dnsLabelFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import { listAt, mapAt, numberAt, scalarText, textAt, valueAt } from '../read.ts';
import { duplicate, invalid, invalidEach, notFoundValue, notSupported, required } from './faults.ts';
import { portNameFaults } from './names.ts';

/** Faults of the containers of a pod spec that bear on storing it; `volumes` are the names that mounts may use. */
export function containersFaults(
  containers: readonly unknown[],
  field: string,
  volumes: ReadonlySet<string>,
): FieldFault[] {
  const seen = new Set<string>();
  return containers.flatMap((container, index) => {
    const name = textAt(container, 'name');
    const at = `${field}[${index}]`;
    const repeated = seen.has(name) ? [duplicate(`${at}.name`, name)] : [];
    seen.add(name);
    return [...containerFaults(container, at, volumes), ...repeated];
  });
}

function containerFaults(container: unknown, field: string, volumes: ReadonlySet<string>): FieldFault[] {
  const name = textAt(container, 'name');
  return [
    ...(name === '' ? [required(`${field}.name`)] : invalidEach(`${field}.name`, name, dnsLabelFaults(name))),
    ...(textAt(container, 'image') === '' ? [required(`${field}.image`)] : []),
    ...oneOf(container, field, 'terminationMessagePolicy', ['File', 'FallbackToLogsOnError']),
    ...portsFaults(listAt(container, 'ports'), `${field}.ports`),
    ...envFaults(listAt(container, 'env'), `${field}.env`),
    ...mountFaults(listAt(container, 'volumeMounts'), `${field}.volumeMounts`, volumes),
    ...oneOf(container, field, 'imagePullPolicy', ['Always', 'IfNotPresent', 'Never']),
    ...resourceFaults(mapAt(container, 'resources'), `${field}.resources`),
  ];
}

/** A member that must be one of some texts. */
export function oneOf(object: unknown, field: string, member: string, supported: readonly string[]): FieldFault[] {
  const value = textAt(object, member);
  if (value === '') return [required(`${field}.${member}`)];
  return supported.includes(value) ? [] : [notSupported(`${field}.${member}`, value, supported)];
}

function portsFaults(ports: readonly unknown[], field: string): FieldFault[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${field}[${index}]`;
    const name = textAt(port, 'name');
    const repeated = name !== '' && names.has(name) ? [duplicate(`${at}.name`, name)] : [];
    names.add(name);
    return [
      ...(name === '' ? [] : invalidEach(`${at}.name`, name, portNameFaults(name))),
      ...repeated,
      ...(numberAt(port, 'containerPort') === 0
        ? [required(`${at}.containerPort`)]
        : portNumberFaults(`${at}.containerPort`, numberAt(port, 'containerPort'))),
      ...(numberAt(port, 'hostPort') === 0 ? [] : portNumberFaults(`${at}.hostPort`, numberAt(port, 'hostPort'))),
      ...oneOf(port, at, 'protocol', ['SCTP', 'TCP', 'UDP']),
    ];
  });
}

function portNumberFaults(field: string, port: number): FieldFault[] {
  return port >= 1 && port <= 65535 ? [] : [invalid(field, port, 'must be between 1 and 65535, inclusive')];
}

function envFaults(variables: readonly unknown[], field: string): FieldFault[] {
  return variables.flatMap((variable, index) => {
    const name = textAt(variable, 'name');
    return [
      ...envNameFaults(name, `${field}[${index}].name`),
      ...envSourceFaults(variable, `${field}[${index}].valueFrom`),
    ];
  });
}

function envNameFaults(name: string, field: string): FieldFault[] {
  if (name === '') return [required(field)];
  if (/^[ -<>-~]+$/.test(name)) return [];
  const detail = "a valid environment variable name must consist only of printable ASCII characters other than '='";
  return [invalid(field, name, detail)];
}

const envSources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

function envSourceFaults(variable: unknown, field: string): FieldFault[] {
  if (valueAt(variable, 'valueFrom') === undefined) return [];
  const given = envSources.filter((source) => valueAt(variable, 'valueFrom', source) !== undefined);
  if (given.length === 0) {
    const names = envSources.map((source) => `\`${source}\``);
    const detail = `must specify one of: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
    return [invalid(field, '', detail)];
  }
  if (textAt(variable, 'value') !== '') return [invalid(field, '', 'may not be specified when `value` is not empty')];
  return given.length === 1 ? [] : [invalid(field, '', 'may not have more than one field specified at a time')];
}

/** What is requested must fit into what is allowed. */
function resourceFaults(resources: Readonly<Record<string, unknown>>, field: string): FieldFault[] {
  const limits = mapAt(resources, 'limits');
  return Object.keys(mapAt(resources, 'requests')).flatMap((name) => {
    const [request, limit] = [scalarText(resources, 'requests', name), scalarText(limits, name)];
    const [wanted, most] = [parseQuantity(request), parseQuantity(limit)];
    if (!wanted || !most || compareQuantities(wanted, most) <= 0) return [];
    return [invalid(`${field}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`)];
  });
}

function mountFaults(mounts: readonly unknown[], field: string, volumes: ReadonlySet<string>): FieldFault[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${field}[${index}]`;
    const [name, path] = [textAt(mount, 'name'), textAt(mount, 'mountPath')];
    const repeated = paths.has(path) ? [invalid(`${at}.mountPath`, path, 'must be unique')] : [];
    paths.add(path);
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [notFoundValue(`${at}.name`, name)]),
      ...(path === '' ? [required(`${at}.mountPath`)] : []),
      ...repeated,
    ];
  });
}
