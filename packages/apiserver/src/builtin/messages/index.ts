import { admissionregistration } from './admissionregistration.ts';
import { apps } from './apps.ts';
import { authentication } from './authentication.ts';
import { authorization } from './authorization.ts';
import { coordination } from './coordination.ts';
import { coreContainers } from './core-containers.ts';
import { coreNodes } from './core-nodes.ts';
import { coreObjects } from './core-objects.ts';
import { corePods } from './core-pods.ts';
import { coreScheduling } from './core-scheduling.ts';
import { coreVolumes } from './core-volumes.ts';
import { events } from './events.ts';
import { type Field, type Messages, parseField } from './field.ts';
import { meta } from './meta.ts';
import { policy } from './policy.ts';
import { rbac } from './rbac.ts';

const groups: Readonly<Record<string, Messages>> = {
  admissionregistration,
  apps,
  authentication,
  authorization,
  coordination,
  core: { ...coreContainers, ...coreNodes, ...coreObjects, ...corePods, ...coreScheduling, ...coreVolumes },
  events,
  meta,
  policy,
  rbac,
};

/** Messages that server-side apply takes as one value. */
const atomicMessages: ReadonlySet<string> = new Set([
  'admissionregistration.MatchResources',
  'admissionregistration.NamedRuleWithOperations',
  'admissionregistration.ParamKind',
  'admissionregistration.ParamRef',
  'admissionregistration.Variable',
  'core.ConfigMapKeySelector',
  'core.FileKeySelector',
  'core.LocalObjectReference',
  'core.NodeSelector',
  'core.NodeSelectorTerm',
  'core.ObjectFieldSelector',
  'core.ObjectReference',
  'core.ResourceFieldSelector',
  'core.SecretKeySelector',
  'core.TypedLocalObjectReference',
  'meta.LabelSelector',
  'meta.OwnerReference',
  'rbac.RoleRef',
  'rbac.Subject',
]);

/** True for a message that server-side apply takes as one value. */
export function isAtomic(message: string): boolean {
  return atomicMessages.has(message);
}

const known = new Map<string, readonly Field[]>();

/** The fields of a message such as `core.PodSpec`, in the order in which Go writes them. Throws for a name that is in no table. */
export function fieldsOf(message: string): readonly Field[] {
  const found = known.get(message) ?? parseMessage(message);
  known.set(message, found);
  return found;
}

function parseMessage(message: string): readonly Field[] {
  const [group = '', name = ''] = message.split('.');
  const fields = groups[group]?.[name];
  if (!fields) throw new Error(`no message ${message}`);
  return Object.entries(fields).map(([field, entry]) => parseField(group, field, entry));
}

const knownMembers = new Map<string, ReadonlyMap<string, Field>>();

/** The members of a message in JSON by name: inline messages are replaced by their own members. */
export function membersOf(message: string): ReadonlyMap<string, Field> {
  const found =
    knownMembers.get(message) ?? new Map(flattened(fieldsOf(message)).map((field) => [field.name, field] as const));
  knownMembers.set(message, found);
  return found;
}

function flattened(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => (field.inline && field.message ? flattened(fieldsOf(field.message)) : [field]));
}
