import { loadManifests } from '@pullpath/api';
import { contextOfScope, explainPull, renderScope } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const idms = (policy: string) => `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: apps}
spec:
  imageDigestMirrors:
  - source: quay.io/ns
    mirrors: [m.corp/ns]
${policy}`;

const image = (list: string) => `---
apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  registrySources:
    ${list}: [quay.io/ns]
`;

test.each([
  ['the mirror rule that forbids it', idms('    mirrorSourcePolicy: NeverContactSource\n'), 6],
  ['the entry of blockedRegistries, though mirror rules made the table', idms('') + image('blockedRegistries'), 14],
  [
    'the mirror rule, though the registry is insecure by another',
    image('insecureRegistries') + idms('    mirrorSourcePolicy: NeverContactSource\n').replace(/^/, '---\n'),
    14,
  ],
])('a blocked source is blamed on %s', (_, text, line) => {
  const { objects } = loadManifests([{ file: 'a.yaml', text }]);
  const { config, tree } = renderScope(objects, { pool: 'worker' }, { releaseImage: 'quay.io/ocp/release:1' });
  const explained = explainPull(contextOfScope(tree, config?.registriesConf, 'crio'), 'quay.io/ns/app:v1');
  expect(explained.attempts.at(-1)).toMatchObject({ outcome: 'blocked', origin: { file: 'a.yaml', line } });
});
