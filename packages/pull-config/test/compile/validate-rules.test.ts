import { expect, test } from 'vitest';
import { policyOf, validateRules } from '../../src/index.ts';
import { rule, scopes } from './rule-builders.ts';

test('every fault is told, lists first, then digest rules, then tag rules', () => {
  const faults = validateRules(
    {
      insecureRegistries: scopes('insecureRegistries', '*'),
      allowedRegistries: scopes('allowedRegistries', ''),
    },
    [rule('itms', 'https://a.io', ['m.io']), rule('icsp', 'b.io', ['m.io/Upper', '*.io'])],
  );
  expect(faults.map(({ code, value }) => [code, value])).toEqual([
    ['scope-format', '*'],
    ['scope-format', ''],
    ['mirror-format', 'm.io/Upper'],
    ['mirror-format', '*.io'],
    ['source-format', 'https://a.io'],
  ]);
});

test('an ICSP and a NeverContactSource for one source conflict, and both places are named', () => {
  const [fault] = validateRules({}, [
    rule('icsp', 'src.io', ['m.io']),
    rule('itms', 'src.io', ['m.io'], 'NeverContactSource'),
  ]);
  expect(fault).toMatchObject({ code: 'conflicting-policies-for-source', value: 'src.io' });
  expect(fault?.message).toContain('icsp/src.io');
  expect(fault?.related?.[0]?.origin?.of.object.kind).toBe('icsp');
});

test('a rule without mirrors takes part in the conflict check', () => {
  const rules = [rule('idms', 'src.io', [], 'NeverContactSource'), rule('itms', 'src.io', ['m.io'])];
  expect(validateRules({}, rules).map(({ code }) => code)).toEqual(['conflicting-policies-for-source']);
});

test('nested sources may have different policies', () => {
  const rules = [rule('idms', 'a.io', ['m.io'], 'NeverContactSource'), rule('idms', 'a.io/ns', ['m.io'])];
  expect(validateRules({}, rules)).toEqual([]);
});

test('a source that must not be contacted cannot be its own mirror', () => {
  const [fault] = validateRules({}, [rule('idms', 'a.io', ['m.io', 'a.io'], 'NeverContactSource')]);
  expect(fault?.origin?.path.slice(-2)).toEqual(['mirrors', 1]);
});

test('no policy means that the source may be contacted', () => {
  expect(policyOf(rule('idms', 'a.io', []))).toBe('AllowContactingSource');
});
