import type { Diagnostic } from '@pullpath/diagnostics';

/**
 * Faults of objects as a cluster may hold them: entries of `registrySources` that are no registry scope (a tag, a digest)
 * were accepted by every API server until openshift/api 2026-04-22 and stay while the list is not edited, and
 * machine-config-operator renders them. They become warnings; everything else is as it was.
 */
export function faultsOfStored(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    isOldScope(diagnostic) ? { ...diagnostic, severity: 'warning' } : diagnostic,
  );
}

function isOldScope({ code, object, path }: Diagnostic): boolean {
  return (
    code === 'field-invalid' &&
    object?.startsWith('Image/') === true &&
    path?.startsWith('spec.registrySources.') === true
  );
}
