import { findCredentials, mergePullSecrets, readAuthFile, validateAuthKey } from '@pullpath/pull-config';
import { mutated } from '../mutate.ts';
import { location, nameTokens } from '../names.ts';
import type { Random } from '../random.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

const password = 'hunter2-correct-horse';
const secretAuth = btoa(`user:${password}`);

/** auth.json, pull secrets and .dockercfg: whatever is wrong with them, no message holds what they hide. */
export const auth: FuzzTarget = {
  name: 'auth',
  generate: (random) => mutated(random, authText(random), [...tokens, ...nameTokens]),
  check(input) {
    const file = readAuthFile({ file: 'auth.json', text: input });
    const legacy = readAuthFile({ file: '.dockercfg', text: input, legacy: true });
    const merged = mergePullSecrets([{ file: 'auth.json', text: input }]);
    const lookups = repositories.map((repository) => findCredentials([file, legacy], repository));
    const told = [file, legacy, merged].flatMap(({ diagnostics }) => diagnostics);
    const failed = lookups.filter(({ kind }) => kind === 'error');
    expectThat(!holdsSecret(JSON.stringify([told, failed])), 'no message holds a secret');
    for (const key of [...file.auths.keys()].slice(0, 3)) validateAuthKey(key);
  },
};

const repositories = ['quay.io/ns/app', 'docker.io/library/nginx', 'localhost:5000'];

function holdsSecret(text: string): boolean {
  return text.includes(password) || text.includes(secretAuth);
}

const tokens = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"auths":',
  '"credHelpers":',
  `"auth":"${secretAuth}"`,
  '"auth":null',
  '"identitytoken":"',
  '"AUTH":1',
  'null',
  'true',
  '1e5',
  '"\\ud800"',
  '=',
];

function authText(random: Random): string {
  const entries = random.times(3, () => `${JSON.stringify(location(random))}:${entry(random)}`).join(',');
  const helpers = random.oneIn(4) ? `,"credHelpers":{${JSON.stringify(location(random))}:"ecr-login"}` : '';
  return random.oneIn(5) ? `{${entries}}` : `{"auths":{${entries}}${helpers}}`;
}

function entry(random: Random): string {
  return random.pick([
    `{"auth":"${secretAuth}"}`,
    `{"auth":"${secretAuth}","email":"a@b"}`,
    `{"auth":"${secretAuth.slice(0, -1)}"}`,
    `{"username":"user","password":"${password}"}`,
    `{"auth":"","identitytoken":"${password}"}`,
    '{}',
  ]);
}
