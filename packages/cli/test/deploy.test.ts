import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const base = join(root, 'deploy/base');

test('the definitions that are installed are those that "pullpath crds" prints', () => {
  const printed = execFileSync(join(root, 'pullpath'), ['crds'], { encoding: 'utf8', maxBuffer: 16 * 2 ** 20 });
  expect(readFileSync(join(base, 'crds.yaml'), 'utf8')).toBe(printed);
});

test('every manifest of the base is in its kustomization', () => {
  const { resources } = parse(readFileSync(join(base, 'kustomization.yaml'), 'utf8'));
  const files = readdirSync(base).filter((name) => name !== 'kustomization.yaml');
  expect(new Set(resources)).toEqual(new Set(files));
});

test.each(['operator', 'agent'])('the role of the %s names every verb and no wildcard', (name) => {
  const text = readFileSync(join(base, `${name}-rbac.yaml`), 'utf8');
  const rules = parseAllDocuments(text).flatMap((document) => document.toJS().rules ?? []);
  expect(rules.length).toBeGreaterThan(0);
  const words = rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]);
  expect(words.filter((word) => ['*', 'escalate', 'bind', 'impersonate'].includes(word))).toEqual([]);
});
