import type { NodeFile } from '../model.ts';
import { certsDirectories } from './certs.ts';
import { type AuthFile, readAuthFile, undecodableKeys } from './credentials/auth-file.ts';
import type { PullContext, PullRoute } from './explain/context.ts';
import { loadRegistriesConf, orderDropIns } from './load-registries-conf.ts';
import type { Policy } from './policy/model.ts';
import { type PolicyReading, parsePolicy } from './policy/parse.ts';
import { resolvePull } from './resolve-pull.ts';
import { prepareResolver, type Resolver } from './resolver.ts';
import type { ShortNameOptions } from './short-names.ts';

const mainConf = '/etc/containers/registries.conf';
const dropInDirectory = '/etc/containers/registries.conf.d/';
const clusterPolicy = '/etc/containers/policy.json';
const namespacePolicies = '/etc/crio/policies/';

/** In what the runtimes that read registries.conf differ. */
interface Habits {
  /** In the order in which they are asked. */
  readonly authFiles: readonly string[];
  readonly pullOptions: ShortNameOptions;
}

/** CRI-O on a cluster reads the global pull secret and runs with `short_name_mode = "disabled"`. */
const crio: Habits = { authFiles: ['/var/lib/kubelet/config.json'], pullOptions: { mode: 'disabled' } };

/** podman as root (containers/image `pkg/docker/config`). */
const podman: Habits = {
  authFiles: ['/run/containers/0/auth.json', '/root/.config/containers/auth.json', '/root/.docker/config.json'],
  pullOptions: {},
};

/** What a runtime on a node makes of the node's files. */
export interface NodePulls extends PullContext {
  readonly policy: PolicyReading<Policy> | undefined;
  /** The policy for pods of a namespace, where CRI-O has one for it; otherwise `policy`. */
  readonly policyFor: (namespace: string | undefined) => PolicyReading<Policy> | undefined;
  /** Undefined when registries.conf does not load: then every pull fails. */
  readonly resolver: Resolver | undefined;
  /** True when credentials or certificates are such that CRI-O may give up on a place before it asks there. */
  readonly contactsMayFail: boolean;
}

/** Loads the files of a node that decide pulls, as CRI-O (or podman) loads them; files that are not there have no say. */
export function nodePullContext(files: readonly NodeFile[], runtime = 'crio'): NodePulls {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const policyAt = (path: string): PolicyReading<Policy> | undefined => {
    const file = byPath.get(path);
    return file && parsePolicy(path, file.contents);
  };
  const policy = policyAt(clusterPolicy);
  const habits = runtime === 'podman' ? podman : crio;
  const authFiles = habits.authFiles.flatMap((path) => {
    const file = byPath.get(path);
    return file ? [readAuthFile({ file: path, text: file.contents })] : [];
  });
  const certs = files.filter(({ path }) => certsDirectories.some((directory) => path.startsWith(`${directory}/`)));
  return {
    runtime,
    ...routing(files, habits.pullOptions),
    policy,
    policyFor: namespacePolicyOf(byPath, policy),
    authFiles,
    certs,
    contactsMayFail: authFiles.some(mayFail) || certs.some(isClientFile),
  };
}

function mayFail(file: AuthFile): boolean {
  return file.diagnostics.length > 0 || undecodableKeys(file).length > 0;
}

// A client certificate needs its key and the other way round; an authority needs nothing.
function isClientFile({ path }: NodeFile): boolean {
  return path.endsWith('.cert') || path.endsWith('.key');
}

function routing(files: readonly NodeFile[], options: ShortNameOptions): Pick<NodePulls, 'route' | 'resolver'> {
  const confFiles = files.map(({ path, contents }) => ({ file: path, text: contents }));
  const main = confFiles.find(({ file }) => file === mainConf);
  const inDirectory = confFiles.filter(
    ({ file }) => file.startsWith(dropInDirectory) && !file.includes('/', dropInDirectory.length),
  );
  const loaded = loadRegistriesConf(main, orderDropIns(inDirectory));
  const resolver = loaded.value && prepareResolver(loaded.value);
  const [fault] = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  const error = { code: fault?.code ?? 'conf-invalid', message: fault?.message ?? 'registries.conf does not load' };
  const route = (image: string): PullRoute =>
    resolver ? resolvePull(resolver, image, options) : { image, attempts: [], error };
  return { route, resolver };
}

function namespacePolicyOf(
  byPath: ReadonlyMap<string, NodeFile>,
  fallback: PolicyReading<Policy> | undefined,
): NodePulls['policyFor'] {
  const known = new Map<string | undefined, PolicyReading<Policy> | undefined>([[undefined, fallback]]);
  return (namespace) => {
    if (!known.has(namespace)) {
      const path = `${namespacePolicies}${namespace}.json`;
      const file = byPath.get(path);
      known.set(namespace, file ? parsePolicy(path, file.contents) : fallback);
    }
    return known.get(namespace);
  };
}
