/**
 * Sources that a managed service does not let its customers mirror, because support depends on them: Red Hat's registry
 * itself, Quay and everything below, and whatever begins like the access registry (managed-cluster-validating-webhooks
 * `imagecontentpolicies`). Off unless an administrator asks for it; gives those that are refused.
 */
export function managedSourceFaults(sources: readonly string[]): readonly string[] {
  return sources.filter(
    (source) =>
      source === 'registry.redhat.io' ||
      source === 'quay.io' ||
      source.startsWith('quay.io/') ||
      source.startsWith('registry.access.redhat.com'),
  );
}
