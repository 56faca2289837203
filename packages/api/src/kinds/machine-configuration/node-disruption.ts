import type { CelRule, Schema } from '../../schema/schema.ts';
import { listOf, object, oneOf, text } from '../fields.ts';
import { memberOfUnion } from '../unions.ts';

const unitTypes = 'service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope';

const unitName: readonly CelRule[] = [
  { rule: `self.matches(r'\\.(${unitTypes})$')`, message: `must end with .${unitTypes.replaceAll('|', ', .')}` },
  {
    rule: `self.matches(r'^[a-zA-Z0-9:._\\\\-]+\\..')`,
    message: 'must have a name of letters, digits, ":", "-", "_", "." and "\\" before the type',
  },
];

function service(description: string): Schema {
  const serviceName = text('Name of the systemd unit, with its type.', { maxLength: 255, validations: unitName });
  return object({ serviceName }, description, { required: ['serviceName'] });
}

const standalone = (type: string): CelRule => ({
  rule: `self.exists(x, x.type == '${type}') ? size(self) == 1 : true`,
  message: `${type} must be the only action`,
});

const actionTypes = ['Reboot', 'Drain', 'Reload', 'Restart', 'DaemonReload', 'None'];

function actions(types: readonly string[]): Schema {
  const action = object(
    {
      type: oneOf(types, 'What is done.'),
      reload: service('The unit to reload, for `Reload`.'),
      restart: service('The unit to restart, for `Restart`.'),
    },
    'One step.',
    {
      required: ['type'],
      validations: [memberOfUnion('type', 'Reload', 'reload'), memberOfUnion('type', 'Restart', 'restart')],
    },
  );
  return listOf(action, 'What a node does after the change, in this order.', {
    maxItems: 10,
    validations: [standalone('Reboot'), standalone('None')],
  });
}

function policy(types: readonly string[], maxItems: number, description: string): Schema {
  const steps = actions(types);
  const file = object({ path: text('Absolute path on the node.'), actions: steps }, 'Policy for one file.', {
    required: ['actions', 'path'],
  });
  const name = text('Name of the systemd unit.', { maxLength: 255, validations: unitName });
  const unit = object({ name, actions: steps }, 'Policy for one unit.', { required: ['actions', 'name'] });
  return object(
    {
      files: listOf(file, 'Policies for files.', { listType: 'map', listMapKeys: ['path'], maxItems }),
      units: listOf(unit, 'Policies for systemd units.', { listType: 'map', listMapKeys: ['name'], maxItems }),
      sshkey: object({ actions: steps }, 'Policy for changed SSH keys.', { required: ['actions'] }),
    },
    description,
  );
}

/** `spec.nodeDisruptionPolicy`. */
export const nodeDisruptionPolicy: Schema = policy(
  actionTypes,
  50,
  'What a change of which file or unit costs a node.',
);

/** `status.nodeDisruptionPolicyStatus`: the policies of the user merged with those of the cluster. */
export const nodeDisruptionPolicyStatus: Schema = object(
  { clusterPolicies: policy([...actionTypes, 'Special'], 100, 'The policies in effect.') },
  'The policies in effect.',
);
