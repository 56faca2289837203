import {
  firstBootActions,
  isDrainRequiredFirstBoot,
  mergeNodeDisruptionPolicies,
  type NodeFile,
  rolloutDecision,
} from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const registriesConf = '/etc/containers/registries.conf';
const searchDropIn = '/etc/containers/registries.conf.d/01-image-searchRegistries.conf';

test('a mode that changes counts as a changed file', () => {
  const { changes } = rolloutDecision([{ path: '/etc/x', mode: 0o644, contents: '' }], [file('/etc/x', '', 0o600)]);
  expect(changes.map(({ path, change }) => [path, change])).toEqual([['/etc/x', 'changed']]);
});

test('the search drop-in reboots by default and is named', () => {
  const decision = rolloutDecision([], [file(searchDropIn, 'x')]);
  expect(decision).toMatchObject({ actions: [{ type: 'Reboot' }], drain: true, rebootingFiles: [searchDropIn] });
});

test('a user policy for the directory of the drop-in replaces the reboot', () => {
  const policies = mergeNodeDisruptionPolicies({
    files: [
      {
        path: '/etc/containers/registries.conf.d',
        actions: [{ type: 'Reload', reload: { serviceName: 'crio.service' } }],
      },
    ],
  });
  const decision = rolloutDecision([], [file(searchDropIn, 'x')], { policies });
  expect(decision).toMatchObject({ actions: [{ type: 'Reload' }], drain: false, rebootingFiles: [] });
});

test('a user policy for registries.conf replaces the drain that its change would need', () => {
  const policies = mergeNodeDisruptionPolicies({ files: [{ path: registriesConf, actions: [{ type: 'None' }] }] });
  const after = [file(registriesConf, '[[registry]]\nlocation = "blocked.io"\nblocked = true\n')];
  expect(rolloutDecision([], after)).toMatchObject({ actions: [{ type: 'Special' }], drain: true });
  expect(rolloutDecision([], after, { policies })).toMatchObject({ actions: [{ type: 'None' }], drain: false });
});

test('a changed unit without a policy reboots', () => {
  expect(rolloutDecision([], [], { changedUnits: ['kubelet.service'] }).actions).toEqual([{ type: 'Reboot' }]);
});

test('before the first boot completes a fixed table decides', () => {
  expect(firstBootActions(['/etc/crio/policies/ns.json'])).toEqual(['reboot']);
  expect(firstBootActions(['/etc/containers/registries.d/a.yaml', '/var/lib/kubelet/config.json'])).toEqual([
    'reload crio',
  ]);
});

test('the fixed table drains for a reload only when registries.conf changes unsafely', () => {
  const unsafe = '[[registry]]\nlocation = "a.io"\n';
  expect(isDrainRequiredFirstBoot(['reload crio'], [registriesConf], '', unsafe)).toBe(true);
  expect(isDrainRequiredFirstBoot(['reload crio'], ['/etc/containers/policy.json'], '', unsafe)).toBe(false);
  expect(isDrainRequiredFirstBoot(['none'], [], '', unsafe)).toBe(false);
});

function file(path: string, contents: string, mode = 0o644): NodeFile {
  return { path, mode, contents };
}
