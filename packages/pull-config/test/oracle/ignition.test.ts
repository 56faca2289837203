import { spawnSync } from 'node:child_process';
import { oracleOrSkip } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { compileNodeConfig, type MirrorRule, renderMachineConfigs } from '../../src/index.ts';
import { objectOf, rule, ruleSet, scopes } from '../compile/rule-builders.ts';
import { type Random, seeded } from './random.ts';

const documents = 200;

test('the validator of Ignition accepts every generated document', { timeout: 120_000 }, (context) => {
  const validator = oracleOrSkip(context, 'ignition-validate');
  for (let seed = 0; seed < documents; seed++) {
    for (const document of generateDocuments(seeded(seed))) {
      const { status, stdout, stderr } = spawnSync(validator, ['-'], { input: JSON.stringify(document) });
      expect(`${status} ${stdout.toString()}${stderr.toString()}`, `seed ${seed}`).toBe('0 ');
    }
  }
});

function generateDocuments(random: Random): unknown[] {
  const rules = ruleSet({
    rules: Array.from({ length: random.below(6) }, () => generateRule(random)),
    registrySources: {
      insecure: scopes('insecureRegistries', 'm.corp:5000'),
      search: random.below(2) === 0 ? scopes('containerRuntimeSearchRegistries', 'quay.io', 'ü"\\\n') : undefined,
    },
    imagePolicies: [{ object: { ...objectOf('ImagePolicy', 'p', { spec }), metadata: { name: 'p', namespace: 'n' } } }],
    containerRuntimeConfigs: [
      { object: objectOf('ContainerRuntimeConfig', 'c', { spec: { containerRuntimeConfig } }) },
    ],
  });
  const { config, diagnostics } = compileNodeConfig(rules, { dialect: '4.19', pool: 'worker' });
  if (!config) throw new Error(JSON.stringify(diagnostics));
  return renderMachineConfigs(config, { dialect: '4.19' }).map((object) => {
    const { config: ignition } = object['spec'] as { config: unknown };
    return ignition;
  });
}

const containerRuntimeConfig = { pidsLimit: 4096, overlaySize: '3G' };
const spec = {
  scopes: ['quay.io/signed'],
  policy: { rootOfTrust: { policyType: 'PublicKey', publicKey: { keyData: 'Zm9v' } } },
};

function generateRule(random: Random): MirrorRule {
  const kinds = ['idms', 'icsp', 'itms'] as const;
  const place = (): string => `h${random.below(4)}.example.com/ns${random.below(3)}`;
  return rule(random.pick(kinds), place(), [place(), place()]);
}
