/** What a node does after a file or unit changed. `Special` is CRI-O reload with the drain decided by the change itself. */
export interface DisruptionAction {
  readonly type: 'Reboot' | 'Drain' | 'Reload' | 'Restart' | 'DaemonReload' | 'None' | 'Special';
  readonly reload?: { readonly serviceName: string };
  readonly restart?: { readonly serviceName: string };
}

/** Actions for a file, or for everything below a directory. */
export interface FilePolicy {
  readonly path: string;
  readonly actions: readonly DisruptionAction[];
}

export interface UnitPolicy {
  readonly name: string;
  readonly actions: readonly DisruptionAction[];
}

/** `MachineConfiguration.spec.nodeDisruptionPolicy` (operator.openshift.io/v1), and the merged form in its status. */
export interface NodeDisruptionPolicies {
  readonly files: readonly FilePolicy[];
  readonly units: readonly UnitPolicy[];
  readonly sshkey: { readonly actions: readonly DisruptionAction[] };
}

/** What a user may give: every list may be absent. */
export interface UserDisruptionPolicies {
  readonly files?: readonly FilePolicy[] | null;
  readonly units?: readonly UnitPolicy[] | null;
  readonly sshkey?: { readonly actions?: readonly DisruptionAction[] | null } | null;
}

const none: DisruptionAction = { type: 'None' };
const daemonReload: DisruptionAction = { type: 'DaemonReload' };
const special: DisruptionAction = { type: 'Special' };
const anchors = '/etc/pki/ca-trust/source/anchors';
const kubeletProvider = '/etc/systemd/system/kubelet.service.d/40-kubelet-crio-image-credential-provider.conf';

/** The policies of a cluster whose administrator set none (machine-config-operator `pkg/apihelpers`). */
export const defaultNodeDisruptionPolicies: NodeDisruptionPolicies = {
  files: [
    { path: '/var/lib/kubelet/config.json', actions: [none] },
    { path: '/etc/machine-config-daemon/no-reboot/containers-gpg.pub', actions: [reload('crio')] },
    { path: '/etc/containers/policy.json', actions: [reload('crio')] },
    { path: '/etc/containers/registries.conf', actions: [special] },
    { path: '/etc/containers/registries.d', actions: [reload('crio')] },
    { path: '/etc/crio/policies', actions: [reload('crio')] },
    { path: '/etc/nmstate/openshift', actions: [none] },
    {
      path: `${anchors}/openshift-config-user-ca-bundle.crt`,
      actions: [restart('coreos-update-ca-trust'), restart('crio')],
    },
    { path: '/etc/kubernetes/credential-providers', actions: [restart('kubelet')] },
    { path: kubeletProvider, actions: [daemonReload, restart('kubelet')] },
    { path: '/etc/iri-registry', actions: [restart('iri-registry')] },
    { path: '/usr/local/bin/load-registry-image.sh', actions: [restart('iri-registry')] },
    { path: `${anchors}/iri-root-ca.crt`, actions: [restart('coreos-update-ca-trust')] },
  ],
  units: [{ name: 'iri-registry.service', actions: [daemonReload, restart('iri-registry')] }],
  sshkey: { actions: [none] },
};

function reload(service: string): DisruptionAction {
  return { type: 'Reload', reload: { serviceName: `${service}.service` } };
}

function restart(service: string): DisruptionAction {
  return { type: 'Restart', restart: { serviceName: `${service}.service` } };
}

/**
 * The default policies with those of the user laid over: an entry with the same path or name takes the place of the
 * default one, others follow in the order given; actions for SSH keys replace the default when there are any.
 */
export function mergeNodeDisruptionPolicies(user: UserDisruptionPolicies | null | undefined): NodeDisruptionPolicies {
  const { files, units, sshkey } = defaultNodeDisruptionPolicies;
  const sshActions = user?.sshkey?.actions ?? [];
  return {
    files: overlay(files, user?.files ?? [], ({ path }) => path),
    units: overlay(units, user?.units ?? [], ({ name }) => name),
    sshkey: sshActions.length > 0 ? { actions: sshActions } : sshkey,
  };
}

function overlay<T>(defaults: readonly T[], user: readonly T[], keyOf: (entry: T) => string): T[] {
  const entries = new Map(defaults.map((entry) => [keyOf(entry), entry]));
  for (const entry of user) entries.set(keyOf(entry), entry);
  return [...entries.values()];
}

/** The policy for a changed file: that of its own path or of its nearest directory with one; undefined if there is none. */
export function closestPathPolicy(path: string, policies: readonly FilePolicy[]): FilePolicy | undefined {
  let closest: FilePolicy | undefined;
  for (const policy of policies) {
    if (covers(policy.path, path) && policy.path.length > (closest?.path.length ?? 0)) closest = policy;
  }
  return closest;
}

function covers(policyPath: string, path: string): boolean {
  if (!path.startsWith(policyPath)) return false;
  return path.length === policyPath.length || policyPath.endsWith('/') || path[policyPath.length] === '/';
}
