import type { Diagnostic, SourceSpan } from '@pullpath/diagnostics';
import { type JsonNode, type JsonPlace, jsonSpans, parseJsonText } from '../json-text.ts';
import type { Policy, PolicyRequirement, PolicyRequirements, ReferenceMatch } from './model.ts';
import { readReferenceMatch } from './reference-match.ts';
import { readRequirement, readRequirements } from './requirement.ts';
import { scopeFault } from './scopes.ts';
import { type PolicyFault, type PolicyFaults, type Reader, strictMembers } from './strict-object.ts';

/** A value of policy.json, or every fault that keeps it from loading. */
export interface PolicyReading<T> {
  readonly value?: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads policy.json as strictly as containers/image does (`signature` NewPolicyFromBytes): unknown and repeated members,
 * empty lists and a missing default are errors, and with any error no image is pulled at all. All faults are reported;
 * the first is the one that upstream names.
 */
export function parsePolicy(file: string, text: string): PolicyReading<Policy> {
  return readText(file, text, readPolicy);
}

/** Reads one requirement alone. */
export function parseRequirement(file: string, text: string): PolicyReading<PolicyRequirement> {
  return readText(file, text, readRequirement);
}

/** Reads one `signedIdentity` alone. */
export function parseReferenceMatch(file: string, text: string): PolicyReading<ReferenceMatch> {
  return readText(file, text, readReferenceMatch);
}

function readText<T>(file: string, text: string, read: Reader<T>): PolicyReading<T> {
  const parsed = parseJsonText(text);
  const faults: PolicyFaults = [];
  const value = parsed.ok ? read(parsed.node, faults) : undefined;
  if (!parsed.ok) faults.push({ code: 'json-syntax', message: parsed.message, place: parsed.at });
  const spanOf = jsonSpans(file, text);
  const diagnostics = faults.map((fault) => toDiagnostic(fault, spanOf));
  return faults.length === 0 ? { value, diagnostics } : { diagnostics };
}

function readPolicy(node: JsonNode, faults: PolicyFaults): Policy | undefined {
  let defaults: PolicyRequirements | undefined;
  let hasDefault = false;
  let transports: Policy['transports'] = new Map();
  for (const { key, value, keyPlace } of strictMembers(node, faults)) {
    if (key === 'default') {
      hasDefault = true;
      defaults = readRequirements(value, faults);
    } else if (key === 'transports') transports = readTransports(value, faults);
    else faults.push({ code: 'policy-unknown-key', message: `"${key}" is not known here`, place: keyPlace });
  }
  if (node.kind === 'object' && !hasDefault)
    faults.push({ code: 'policy-default-missing', message: 'the default policy is missing', place: node });
  return defaults && { default: defaults, transports };
}

function readTransports(node: JsonNode, faults: PolicyFaults): Policy['transports'] {
  const transports = new Map<string, ReadonlyMap<string, PolicyRequirements>>();
  for (const { key, value } of strictMembers(node, faults)) transports.set(key, readScopes(key, value, faults));
  return transports;
}

function readScopes(transport: string, node: JsonNode, faults: PolicyFaults): ReadonlyMap<string, PolicyRequirements> {
  const scopes = new Map<string, PolicyRequirements>();
  for (const { key, value, keyPlace } of strictMembers(node, faults)) {
    const fault = scopeFault(transport, key);
    if (fault) faults.push({ code: 'policy-scope-invalid', message: `"${key}": ${fault}`, place: keyPlace });
    else scopes.set(key, readRequirements(value, faults) ?? []);
  }
  return scopes;
}

function toDiagnostic(
  { code, message, place, expected }: PolicyFault,
  spanOf: (place: JsonPlace) => SourceSpan,
): Diagnostic {
  const hint = 'a node refuses every pull while its policy.json does not load';
  return { code, severity: 'error', message, at: spanOf(place), expected, hint };
}
