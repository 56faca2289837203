import { fromObject, type KubeObject, type LocatedObject } from '@pullpath/api';
import { expect, test } from 'vitest';
import {
  decideMirrors,
  type HeldConfig,
  type MirrorCandidate,
  type MirrorInput,
  mirrorCopyAnnotations,
  mirrorCopyData,
  mirrorHash,
  parseMirrorConfigMap,
  parseReleaseVersion,
  readMirrorCopy,
} from '../../../src/hypershift/index.ts';

const version = parseReleaseVersion('4.21.0');
const idms = (source: string, mirror = 'm.example.com/a', policy = ''): string =>
  `apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata:\n  name: d\nspec:\n  imageDigestMirrors:\n  - source: ${source}\n    mirrors: [${mirror}]\n${policy}`;
const never = '    mirrorSourcePolicy: NeverContactSource\n';

function hostedCluster(spec: object = {}): LocatedObject {
  const metadata = { namespace: 'clusters', name: 'c' };
  return fromObject<KubeObject>({
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedCluster',
    metadata,
    spec: { release: { image: 'a:b' }, pullSecret: { name: 'p' }, ...spec },
  });
}

function configMap(data: Readonly<Record<string, string>>, resourceVersion = '7'): LocatedObject {
  const metadata = { namespace: 'clusters', name: 'fleet', uid: 'u', resourceVersion };
  return fromObject<KubeObject>({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
}

function candidate(data: Readonly<Record<string, string>> | undefined): MirrorCandidate {
  const object = data && configMap(data);
  const config = parseMirrorConfigMap(object, { name: 'fleet', origin: { of: hostedCluster(), path: [] } });
  return { namespace: 'clusters', name: 'fleet', configMap: object, config };
}

/** The copy of an accepted ConfigMap, as it is read back. */
function held(data: Readonly<Record<string, string>>): HeldConfig {
  const { config, configMap: of } = candidate(data);
  const copy = mirrorCopyData(config);
  const annotations = of ? mirrorCopyAnnotations(config, of, mirrorHash(copy)) : {};
  const metadata = { namespace: 'clusters-c', name: 'image-mirror-config', annotations };
  return readMirrorCopy(fromObject<KubeObject>({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: copy }));
}

const decide = (input: Partial<MirrorInput>) => decideMirrors({ hostedCluster: hostedCluster(), version, ...input });
const sourcesOf = ({ digest }: ReturnType<typeof decide>): string[] => digest.map(({ source }) => source);

test('a cluster that says nothing has no condition and no copy', () => {
  expect(decide({})).toMatchObject({ copy: { action: 'remove' }, condition: undefined, waitsForFirst: false });
});

test('a copy reads back as what was accepted, under the same hash', () => {
  const accepted = decide({ candidate: candidate({ 'idms.yaml': idms('quay.io') }) });
  const kept = held({ 'idms.yaml': idms('quay.io') });
  expect(accepted.copy).toMatchObject({ action: 'accept', hash: kept.hash });
  expect(kept).toMatchObject({ source: 'clusters/fleet', uid: 'u', resourceVersion: '7' });
  expect(kept.config.idms?.map(({ source }) => source)).toEqual(['quay.io']);
});

test('names of documents do not count for the hash, rules do', () => {
  const hash = (text: string): unknown => {
    const { copy } = decide({ candidate: candidate({ 'idms.yaml': text }) });
    return copy.action === 'accept' && copy.hash;
  };
  expect(hash(idms('quay.io').replace('name: d', 'name: other'))).toBe(hash(idms('quay.io')));
  expect(hash(idms('quay.io', 'other.example.com'))).not.toBe(hash(idms('quay.io')));
});

test('a revision that is refused leaves the one in force, and says which', () => {
  const kept = held({ 'idms.yaml': idms('quay.io') });
  const decision = decide({ candidate: candidate({ 'idms.yaml': idms('quay.io/Foo') }), held: kept });
  expect(decision).toMatchObject({
    copy: { action: 'keep' },
    condition: { status: 'False', reason: 'ValidationFailed' },
    waitsForFirst: false,
  });
  expect(decision.condition?.message).toContain(`keeping revision 7 (hash ${kept.hash})`);
  expect(sourcesOf(decision)).toEqual(['quay.io']);
});

test('while the release is not known tag mirrors in force stay, new ones wait, and the condition says which revision holds', () => {
  const itms = (source: string): string => idms(source).replaceAll('Digest', 'Tag');
  const kept = held({ 'itms.yaml': itms('quay.io') });
  const decision = decide({ version: undefined, candidate: candidate({ 'itms.yaml': itms('ghcr.io') }), held: kept });
  expect(decision).toMatchObject({
    copy: { action: 'keep' },
    tag: [{ source: 'quay.io' }],
    condition: { status: 'Unknown', reason: 'ReleaseVersionUnknown' },
  });
  expect(decision.condition?.message).toContain(`keeping revision 7 (hash ${kept.hash})`);
});

test('a ConfigMap that is not there waits for its first revision only where nothing is in force', () => {
  expect(decide({ candidate: candidate(undefined) })).toMatchObject({
    waitsForFirst: true,
    condition: { reason: 'ConfigMapNotFound' },
  });
  const kept = held({ 'idms.yaml': idms('quay.io') });
  expect(decide({ candidate: candidate(undefined), held: kept })).toMatchObject({ waitsForFirst: false });
});

test('a ConfigMap that contradicts the fields of the cluster is refused as a whole', () => {
  const imageContentSources = [{ source: 'quay.io', mirrors: ['own.example.com/quay'] }];
  const decision = decide({
    hostedCluster: hostedCluster({ imageContentSources }),
    candidate: candidate({ 'idms.yaml': idms('quay.io', 'm.example.com/quay', never) }),
    held: held({ 'idms.yaml': idms('ghcr.io') }),
  });
  expect(decision.condition).toMatchObject({ status: 'False', reason: 'ValidationFailed' });
  expect(decision.copy).toEqual({ action: 'keep' });
  expect(decision.warnings).toEqual([
    { reason: 'MirrorPolicyConflict', message: expect.stringMatching(/quay\.io.*HostedCluster.*imageContentSources/s) },
  ]);
  expect(sourcesOf(decision)).toEqual(['quay.io', 'ghcr.io']);
});

test('an inline field that admission would refuse keeps the value in force', () => {
  const good = [{ source: 'quay.io/a', mirrors: ['m.example.com/a'] }];
  const controlPlane = hostedCluster({ imageTagMirrorSet: good });
  const twice = decide({ hostedCluster: hostedCluster({ imageTagMirrorSet: [...good, ...good] }), controlPlane });
  expect(twice.condition).toMatchObject({ status: 'False', reason: 'DuplicateSource' });
  expect(twice.fields.imageTagMirrorSet).toEqual(good);
});

test('a cluster that waits for its turn keeps what it has and is not told off', () => {
  const waiting = { ...candidate({ 'idms.yaml': idms('ghcr.io') }), waitsForTurn: true };
  const decision = decide({ candidate: waiting, held: held({ 'idms.yaml': idms('quay.io') }) });
  expect(decision).toMatchObject({ copy: { action: 'keep' }, condition: { status: 'True' } });
  expect(sourcesOf(decision)).toEqual(['quay.io']);
});

test('every fault is listed, and what a condition cannot hold is counted', () => {
  const many = Array.from({ length: 2_000 }, (_, index) =>
    idms(`quay.io/A${index}`).replace('name: d', `name: d${index}`),
  );
  const { condition } = decide({ candidate: candidate({ 'idms.yaml': many.join('---\n') }) });
  expect(new TextEncoder().encode(condition?.message ?? '').length).toBeLessThanOrEqual(32 * 1024);
  expect(condition?.message).toMatch(/; and \d+ more; no revision has been accepted yet$/);
});
