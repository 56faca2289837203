/** The kind given to an install-config, which has an apiVersion (`v1`) and metadata but no kind of its own. */
export const installConfigKind = 'InstallConfig';

/** Fields that only an install-config has at the top (openshift/installer `types.InstallConfig`). */
const installConfigFields = [
  'baseDomain',
  'controlPlane',
  'compute',
  'platform',
  'imageContentSources',
  'imageDigestSources',
  'additionalTrustBundle',
  'pullSecret',
] as const;

type JsonMap = Readonly<Record<string, unknown>>;

/** True for the document that `openshift-install` reads: apiVersion, no kind, and at least one of its fields. */
export function isInstallConfig(value: JsonMap): boolean {
  return (
    !Object.hasOwn(value, 'kind') &&
    value['apiVersion'] === 'v1' &&
    installConfigFields.some((field) => Object.hasOwn(value, field))
  );
}

/** The apiVersion given to image mirrors of the OCM API, which have a kind and no apiVersion. */
const ocmApiVersion = 'clusters_mgmt/v1';

/** An `ImageMirror` of the OCM API (`GET .../image_mirrors` lists them) as an object: its id is its name. */
export function asImageMirror(value: JsonMap): JsonMap | undefined {
  if (value['kind'] !== 'ImageMirror' || Object.hasOwn(value, 'apiVersion')) return undefined;
  const { id } = value;
  return { apiVersion: ocmApiVersion, ...value, metadata: typeof id === 'string' ? { name: id } : {} };
}

/** What a document is that people keep beside manifests but that is none, and what to do with it. */
export function knownNonManifest(value: unknown): { readonly message: string; readonly hint: string } | undefined {
  if (isMirrorList(value)) return mirrorList;
  if (isMap(value) && !Object.hasOwn(value, 'kind') && isMap(value['auths'])) return pullSecret;
  return undefined;
}

const mirrorList = {
  message: 'a bare list of mirror rules is no manifest',
  hint: 'it is what the flags --image-content-sources and --image-tag-mirror-set of "hypershift create cluster" read',
};

const pullSecret = {
  message: 'a registry credentials file is no manifest',
  hint: 'put it into a Secret of type kubernetes.io/dockerconfigjson, or pass it where a pull secret is asked for',
};

function isMirrorList(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && Object.hasOwn(item, 'source'))
  );
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
