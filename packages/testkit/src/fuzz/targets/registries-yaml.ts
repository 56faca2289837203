import { k3sRoutes } from '@pullpath/pull-config';
import { mutated } from '../mutate.ts';
import { location, nameTokens } from '../names.ts';
import type { Random } from '../random.ts';
import { expectThat, type FuzzTarget } from '../target.ts';
import { yamlTokens } from './yaml-tokens.ts';

/** registries.yaml of k3s and rke2, rewrite patterns included: refused with a reason, or every pull gets an answer. */
export const registriesYaml: FuzzTarget = {
  name: 'registries-yaml',
  generate: (random) => mutated(random, registriesText(random), [...yamlTokens, ...nameTokens, ...patterns]),
  check(input) {
    const { route, diagnostics } = k3sRoutes([
      { path: '/etc/rancher/k3s/registries.yaml', mode: 0o600, contents: input },
    ]);
    const routes = ['quay.io/ns/app:v1', 'nginx', 'localhost:5000/a'].map(route);
    const refused = routes.every(({ error }) => error !== undefined);
    const errors = diagnostics.some(({ severity }) => severity === 'error');
    expectThat(!refused || errors, 'pulls are refused for a reason');
  },
};

const patterns = ['^(.*)$', '(a*)*b', '[a-z]{2,5}', '(?i)x', '(?P<n>.)', '\\d', '$1', '$n', '(?=a)', '\\pL', '.{1000}'];

function registriesText(random: Random): string {
  const mirrors = random.times(2, () => mirrorText(random)).join('');
  const configs = random.oneIn(2)
    ? `configs:\n  ${JSON.stringify(location(random))}:\n    tls:\n      insecure_skip_verify: true\n`
    : '';
  return `mirrors:\n${mirrors}${configs}`;
}

function mirrorText(random: Random): string {
  const endpoints = random.times(
    2,
    () => `      - ${JSON.stringify(random.pick(['https://', 'http://', '']) + location(random))}\n`,
  );
  const rewrite = random.oneIn(2)
    ? `    rewrite:\n      ${JSON.stringify(random.pick(patterns))}: ${JSON.stringify(random.pick(['x/$1', '$0', '']))}\n`
    : '';
  return `  ${JSON.stringify(random.oneIn(4) ? '*' : location(random))}:\n    endpoint:\n${endpoints.join('')}${rewrite}`;
}
