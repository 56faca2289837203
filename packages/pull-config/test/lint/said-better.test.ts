import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import { expect, test } from 'vitest';
import type { LintRule } from '../../src/lint/rule.ts';
import { notSaidBetter } from '../../src/lint/said-better.ts';

function found(code: DiagnosticCode, path: string, object = 'Image/cluster'): Diagnostic {
  return { code, severity: 'error', message: 'something', object, path };
}

const rule: LintRule = {
  code: 'allowed-and-blocked-both-set',
  severity: 'error',
  why: '',
  replaces: ['field-invalid'],
  check: () => [],
};
const finding = { rule, diagnostic: found('allowed-and-blocked-both-set', 'spec.registrySources') };

test('what a rule replaces is left out at its own place alone', () => {
  const inside = found('field-invalid', 'spec.registrySources.allowedRegistries[0]');
  expect(notSaidBetter([found('field-invalid', 'spec.registrySources'), inside], [finding])).toEqual([inside]);
});

test('what has the code of the rule is left out inside its place too', () => {
  const inside = found('allowed-and-blocked-both-set', 'spec.registrySources.allowedRegistries[0]');
  const beside = found('allowed-and-blocked-both-set', 'spec.registrySourcesToo');
  const elsewhere = found('allowed-and-blocked-both-set', 'spec.registrySources', 'Image/other');
  expect(notSaidBetter([inside, beside, elsewhere], [finding])).toEqual([beside, elsewhere]);
});

test('without findings nothing is left out', () => {
  const others = [found('field-invalid', 'spec.registrySources')];
  expect(notSaidBetter(others, [])).toEqual(others);
});
