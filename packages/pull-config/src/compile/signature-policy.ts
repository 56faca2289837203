import { type GoJson, goJsonIndented } from '../formats/go-json.ts';
import type { RequirementJson } from './policy-requirement.ts';

/** Requirements by scope; all requirements of a scope must hold. */
export type PolicyScopes = ReadonlyMap<string, readonly RequirementJson[]>;

/** A policy.json (containers/image `signature.Policy`). */
export interface SignaturePolicy {
  readonly default: readonly RequirementJson[];
  /** Transport, then scope. */
  readonly transports: ReadonlyMap<string, PolicyScopes>;
}

/** Reads a policy.json that this room or the base files wrote; requirements keep their fields as they stand. */
export function readSignaturePolicy(text: string): SignaturePolicy {
  const { default: fallback, transports } = JSON.parse(text) as {
    default: RequirementJson[];
    transports?: Record<string, Record<string, RequirementJson[]>>;
  };
  return {
    default: fallback,
    transports: new Map(
      Object.entries(transports ?? {}).map(([name, scopes]) => [name, new Map(Object.entries(scopes))]),
    ),
  };
}

/** The text of Go's `json.MarshalIndent` for it: transports and scopes by bytes, no final newline. */
export function writePolicy(policy: SignaturePolicy): string {
  return goJsonIndented({ default: policy.default, transports: policy.transports as GoJson });
}

/** Transports with exactly these scopes for `docker`, and those of them that `atomic` can hold. */
export function replaceScopes(
  transports: SignaturePolicy['transports'],
  scopes: PolicyScopes,
): SignaturePolicy['transports'] {
  return new Map([...transports, ['docker', scopes], ['atomic', atomicScopes(scopes)]]);
}

/** Transports with these scopes besides those that they have; requirements for a known scope are appended. */
export function addScopes(
  transports: SignaturePolicy['transports'],
  scopes: PolicyScopes,
): SignaturePolicy['transports'] {
  const docker = mergeScopes(transports.get('docker'), scopes);
  const atomic = mergeScopes(transports.get('atomic'), atomicScopes(scopes));
  return new Map([...transports, ['docker', docker], ['atomic', atomic]]);
}

function mergeScopes(known: PolicyScopes = new Map(), more: PolicyScopes): PolicyScopes {
  const all = new Map(known);
  for (const [scope, requirements] of more) all.set(scope, [...(all.get(scope) ?? []), ...requirements]);
  return all;
}

// The atomic transport knows host/namespace/name at most.
function atomicScopes(scopes: PolicyScopes): PolicyScopes {
  return new Map([...scopes].filter(([scope]) => scope.split('/').length <= 3));
}
