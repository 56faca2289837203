import { fromObject, type KubeObject, valueAt } from '@pullpath/api';
import {
  controlPlaneNamespace,
  coreIgnitionConfigs,
  decideMirrors,
  guestMirrors,
  hostedControlPlaneSpec,
  renderScope,
  tagMirrorRecord,
  versionOfReleaseImage,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Cluster {
  readonly namespace: string;
  readonly name: string;
  readonly spec?: Readonly<Record<string, unknown>>;
}

interface Input {
  readonly hostedCluster: Cluster;
  readonly appendRule?: unknown;
}

type Expected = Readonly<Record<string, unknown>>;

const image = 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64';

/** Objects are made by the functions that the controllers write by; how long they take is those tests' matter. */
export const endToEndObjects: Area = {
  '': ({ hostedCluster, appendRule }: Input, expected: Expected) => {
    const made = objectsOf(hostedCluster, appendRule);
    const checks: readonly (readonly [string, (wanted: Expected) => unknown])[] = [
      ['managementObject', (wanted) => objectLike(wanted, made.record)],
      ['guestObjects', (wanted) => guestLike(wanted, [made.guest.digest, made.guest.tag])],
      ['configMap', (wanted) => configMapLike(wanted, made)],
    ];
    const found = checks.flatMap(([key, check]) => (key in expected ? [[key, check(expected[key] as Expected)]] : []));
    return {
      ...expected,
      ...Object.fromEntries(found),
      ...('controlPlaneNamespace' in expected ? { controlPlaneNamespace: made.namespace } : {}),
      ...('file' in expected ? fileLike(expected, made.files) : {}),
    };
  },
};

function objectsOf({ namespace, name, spec = {} }: Cluster, appended: unknown) {
  const tags = [spec['imageTagMirrorSet'] ?? [], appended ?? []].flat();
  const cluster = fromObject<KubeObject>({
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedCluster',
    metadata: { namespace, name },
    spec: { release: { image }, ...spec, ...(tags.length === 0 ? {} : { imageTagMirrorSet: tags }) },
  });
  const decision = decideMirrors({ hostedCluster: cluster, version: versionOfReleaseImage(image) });
  const plane = fromObject<KubeObject>({
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedControlPlane',
    metadata: { namespace: controlPlaneNamespace({ namespace, name }), name },
    spec: hostedControlPlaneSpec(cluster, decision, false),
  });
  return {
    namespace: controlPlaneNamespace({ namespace, name }),
    record: tagMirrorRecord(cluster, decision.fields.imageTagMirrorSet),
    guest: guestMirrors(plane, undefined),
    core: coreIgnitionConfigs({ cluster }, decision),
    files: renderScope([cluster], { hostedCluster: { namespace, name }, nodePool: 'workers' }).files,
  };
}

function rulesOf(object: KubeObject | undefined): readonly unknown[] {
  const lists = ['imageTagMirrors', 'imageDigestMirrors'].map((field) => valueAt(object, ['spec', field]));
  return lists.flatMap((list) => (Array.isArray(list) ? list : []));
}

function objectLike(wanted: Expected, object: KubeObject | undefined): unknown {
  const found = { kind: object?.kind, name: object?.metadata.name, rules: rulesOf(object).length };
  const members = Object.entries(found).filter(([key]) => key in wanted);
  const contains = rulesOf(object).find((rule) => holds(rule, wanted['contains']));
  return {
    ...Object.fromEntries(members),
    ...('contains' in wanted && contains ? { contains: wanted['contains'] } : {}),
  };
}

function guestLike(wanted: Expected, objects: readonly (KubeObject | undefined)[]): unknown {
  const ofKind = objects.filter((object) => object?.kind === wanted['kind']);
  const source = wanted['anyContainsSource'];
  const has = ofKind.flatMap(rulesOf).some((rule) => valueAt(rule, ['source']) === source);
  return { kind: ofKind[0]?.kind, ...(has ? { anyContainsSource: source } : {}) };
}

function configMapLike(wanted: Expected, { namespace, core }: ReturnType<typeof objectsOf>): unknown {
  const texts = [wanted['contains'] ?? []].flat().map(String);
  const config = core.find(({ config: text }) => texts.every((part) => text.includes(part)));
  return {
    ...wanted,
    namespace,
    ...('name' in wanted ? { name: config?.name } : {}),
    ...(config ? {} : { contains: core.map(({ config: text }) => text) }),
  };
}

function fileLike(wanted: Expected, files: ReturnType<typeof objectsOf>['files']): Expected {
  const file = files.find(({ path }) => path === wanted['file']);
  const texts = [wanted['contains'] ?? []].flat().map(String);
  const isThere = file !== undefined && texts.every((text) => file.contents.includes(text));
  return isThere ? {} : { contains: file?.contents };
}

function holds(rule: unknown, wanted: unknown): boolean {
  return Object.entries((wanted ?? {}) as Expected).every(
    ([key, value]) => JSON.stringify(valueAt(rule, [key])) === JSON.stringify(value),
  );
}
