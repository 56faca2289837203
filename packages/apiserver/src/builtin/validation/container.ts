import { dnsLabelFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import { listAt, numberAt, textAt } from '../read.ts';
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
    if (name === '') return [required(`${field}[${index}].name`)];
    if (/^[ -<>-~]+$/.test(name)) return [];
    const detail = "a valid environment variable name must consist only of printable ASCII characters other than '='";
    return [invalid(`${field}[${index}].name`, name, detail)];
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
