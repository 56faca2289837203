import type { LocatedObject } from '@pullpath/api';
import type { RuleSet } from '../model.ts';
import { clusterMirrors } from './cluster-mirrors.ts';
import { type Collected, type CollectOptions, noRules } from './collected.ts';
import { findHosted, type HostedScope } from './hosted-objects.ts';
import { hostedReleases } from './hosted-release.ts';
import { nodePoolConfig } from './node-pool-config.ts';
import { type Resolved, referencedConfigMap, referencedSecret, trustBundleOf } from './references.ts';
import { registrySourcesAt } from './registry-sources.ts';

/**
 * Everything that decides the files of a NodePool of a HostedCluster: the cluster's mirrors, then those of the pool's own
 * configuration, which add to them and never replace them. Objects of the management cluster itself do not count.
 */
export function collectHosted(
  objects: readonly LocatedObject[],
  scope: HostedScope,
  options: CollectOptions,
): Collected {
  const { hostedCluster, nodePool, diagnostics: missing } = findHosted(objects, scope);
  if (!hostedCluster) return { rules: noRules, diagnostics: missing };
  const releases = hostedReleases(hostedCluster, nodePool, options);
  const cluster = clusterMirrors(objects, hostedCluster, releases.hostedCluster.version, options);
  const pool = nodePoolConfig(objects, nodePool, scope.hostedCluster.namespace, releases.nodePool.version);
  const files = nodeFileReferences(objects, hostedCluster, scope.hostedCluster.namespace);
  const rules: RuleSet = {
    rules: [...cluster.digest, ...pool.digest, ...cluster.tag, ...pool.tag],
    hasMirrorObjects: cluster.digest.length + cluster.tag.length > 0 || pool.hasMirrorObjects,
    registrySources: registrySourcesAt(hostedCluster, ['spec', 'configuration', 'image', 'registrySources']),
    releaseImage: releases.nodePool.image,
    clusterImagePolicies: pool.clusterImagePolicies,
    imagePolicies: [],
    containerRuntimeConfigs: pool.containerRuntimeConfigs,
    ...files.rules,
  };
  const diagnostics = [...missing, ...cluster.diagnostics, ...pool.diagnostics, ...files.diagnostics];
  return { rules, diagnostics, version: releases.nodePool.version };
}

/** Trusted CAs, pull secret and trust bundle: what a HostedCluster gives its nodes by naming another object. */
function nodeFileReferences(
  objects: readonly LocatedObject[],
  from: LocatedObject,
  namespace: string,
): { rules: Pick<RuleSet, 'trustedCA' | 'pullSecret' | 'trustBundle'>; diagnostics: Resolved['diagnostics'] } {
  const reference = (path: readonly string[], severity: 'warning' | 'info') => ({ from, path, namespace, severity });
  const trustedCA = referencedConfigMap(
    objects,
    reference(['spec', 'configuration', 'image', 'additionalTrustedCA', 'name'], 'warning'),
  );
  const pullSecret = referencedSecret(objects, reference(['spec', 'pullSecret', 'name'], 'info'));
  const bundle = referencedConfigMap(objects, reference(['spec', 'additionalTrustBundle', 'name'], 'warning'));
  const trust = bundle.object && trustBundleOf(bundle.object);
  return {
    rules: { trustedCA: trustedCA.object, pullSecret: pullSecret.object, trustBundle: trust?.bundle },
    diagnostics: [
      ...trustedCA.diagnostics,
      ...pullSecret.diagnostics,
      ...bundle.diagnostics,
      ...(trust?.diagnostics ?? []),
    ],
  };
}
