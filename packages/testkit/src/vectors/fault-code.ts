import type { DiagnosticCode } from '@pullpath/diagnostics';
import type { RuleFault } from '@pullpath/pull-config';

/** The recorded code of a fault. Some codes of the records say in which list or kind of policy the fault was found. */
export function recordedError(fault: RuleFault | undefined): { code: string; value?: string } | null {
  if (!fault) return null;
  const code = recordedCode(fault);
  // Upstream picks one of several at random here, so the records hold no value.
  const hasValue = !code.includes('policy-scope') && !withoutValue.has(code);
  return { code, ...(hasValue && fault.value !== undefined && { value: fault.value }) };
}

function recordedCode({ code, origin }: RuleFault): string {
  const list = String(origin?.path[2]);
  const policies = origin?.of.object.kind === 'ImagePolicy' ? 'namespaced' : 'cluster';
  if (code === 'scope-format') return `invalid-${list.replace('Registries', '')}-scope`;
  if (code === 'image-policy-scope-not-allowed') return `${policies}-policy-scope-not-in-allowed`;
  if (code === 'image-policy-scope-blocked') return `${policies}-policy-scope-in-blocked`;
  return codes[code] ?? code;
}

const withoutValue: ReadonlySet<string> = new Set(['allowed-and-blocked-both-set', 'rewrite-not-canonical']);

const codes: Readonly<Partial<Record<DiagnosticCode, string>>> = {
  'conflicting-policies-for-source': 'conflicting-mirror-source-policy',
  'source-among-its-mirrors-and-blocked': 'never-contact-source-but-source-is-mirror',
  'source-format': 'invalid-source-format',
  'mirror-format': 'invalid-mirror-format',
  'wildcard-source-with-nested-scope': 'wildcard-source-has-nested-scope',
  'release-image-format': 'release-image-unparsable',
  'mirror-rewrite-invalid': 'rewrite-not-canonical',
};
