import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  baseFiles,
  compileNodeConfig,
  type Dialect,
  goYaml,
  type NodeConfig,
  type NodeFile,
  nodeTree,
  renderMachineConfigs,
} from '../../src/index.ts';
import { workerRules } from './manifests.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const golden = join(import.meta.dirname, 'golden');

const scenarios: readonly (readonly [name: string, dialect: Dialect])[] = [
  ['everything', '4.19'],
  ['everything', '4.13'],
  ['icsp', '4.12'],
];

test.each(scenarios)('the node tree of "%s" for %s is the recorded one', async (name, dialect) => {
  const files = nodeTree(configOf(name, dialect), { dialect });
  await expect(files.map(section).join('')).toMatchFileSnapshot(join(golden, `${name}-${dialect}.tree.txt`));
});

test.each(scenarios)('the MachineConfigs of "%s" for %s are the recorded ones', async (name, dialect) => {
  const config = configOf(name, dialect);
  const text = renderMachineConfigs(config, { dialect })
    .map((object) => goYaml(object))
    .join('---\n');
  await expect(text).toMatchFileSnapshot(join(golden, `${name}-${dialect}.machineconfigs.yaml`));
});

test('without rules a node keeps its base files', () => {
  const { config } = compileNodeConfig(workerRules(), { dialect: '4.19', pool: 'worker' });
  expect(config && nodeTree(config, { dialect: '4.19' })).toEqual(baseFiles());
});

// The length, because a final newline would not be seen.
function section({ path, mode, contents }: NodeFile): string {
  return `==> ${path} ${mode.toString(8)}, ${contents.length} characters\n${contents}\n`;
}

function configOf(name: string, dialect: Dialect): NodeConfig {
  const rules = workerRules(readFileSync(join(fixtures, `${name}.yaml`), 'utf8'));
  const { config, diagnostics } = compileNodeConfig(rules, { dialect, pool: 'worker' });
  if (!config) throw new Error(JSON.stringify(diagnostics));
  return config;
}
