import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOracle } from '../oracle.ts';
import { realProgram, type Skippable } from '../real-program.ts';

/** How to run each program of the real control plane. */
export interface KubernetesPrograms {
  readonly etcd: readonly [string, ...string[]];
  readonly apiserver: readonly [string, ...string[]];
  readonly kubectl: readonly [string, ...string[]];
  /** A folder of `KUBEBUILDER_ASSETS` need not have it. */
  readonly controllerManager: readonly [string, ...string[]] | undefined;
}

/**
 * The programs in the folder that `KUBEBUILDER_ASSETS` names, else those that `oracles/build.sh` has built; none where tests
 * are to do without real programs, so that suites start none for tests that are skipped.
 */
export function findKubernetes(): KubernetesPrograms | undefined {
  if (process.env['PULLPATH_ORACLES'] === 'off') return undefined;
  const assets = process.env['KUBEBUILDER_ASSETS'];
  return assets ? fromAssets(assets) : fromOracle();
}

/** The real control plane for a test; see `realProgram` for what happens without it. */
export function kubernetesOrSkip(test: Skippable): KubernetesPrograms {
  const note = 'the real API server is not built; oracles/build.sh builds it, or KUBEBUILDER_ASSETS names a folder';
  return realProgram(test, findKubernetes, note);
}

function fromAssets(folder: string): KubernetesPrograms | undefined {
  const at = (name: string): [string] | undefined =>
    existsSync(join(folder, name)) ? [join(folder, name)] : undefined;
  const [etcd, apiserver, kubectl] = [at('etcd'), at('kube-apiserver'), at('kubectl')];
  if (!etcd || !apiserver || !kubectl) return undefined;
  return { etcd, apiserver, kubectl, controllerManager: at('kube-controller-manager') };
}

function fromOracle(): KubernetesPrograms | undefined {
  const program = findOracle('kubernetes');
  if (program === undefined) return undefined;
  return {
    etcd: [program, 'etcd'],
    apiserver: [program, 'apiserver'],
    kubectl: [program, 'kubectl'],
    controllerManager: [program, 'controller-manager'],
  };
}
