import type { WireDiagnostic, WirePath, WireStep } from '../wire/schema-messages.ts';
import type { AttributePath, Diagnostic } from './diagnostic.ts';

export function wireDiagnostics(diagnostics: readonly Diagnostic[]): WireDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: severity === 'error' ? 1 : 2,
    summary,
    detail,
    attribute: path && wirePath(path),
  }));
}

export function wirePath(path: AttributePath): WirePath {
  return { steps: path.map(wireStep) };
}

function wireStep(step: AttributePath[number]): WireStep {
  return {
    attributeName: typeof step === 'string' ? step : undefined,
    elementKeyString: typeof step === 'object' ? step.key : undefined,
    elementKeyInt: typeof step === 'number' ? step : undefined,
  };
}
