import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { MirrorRule, MirrorSourcePolicy } from '../model.ts';

/** The kinds of mirror objects, the list in their spec and the rules that it holds. */
export const mirrorKinds: readonly {
  readonly group: string;
  readonly kind: string;
  readonly field: string;
  readonly rule: MirrorRule['kind'];
}[] = [
  { group: 'config.openshift.io', kind: 'ImageDigestMirrorSet', field: 'imageDigestMirrors', rule: 'idms' },
  { group: 'operator.openshift.io', kind: 'ImageContentSourcePolicy', field: 'repositoryDigestMirrors', rule: 'icsp' },
  { group: 'config.openshift.io', kind: 'ImageTagMirrorSet', field: 'imageTagMirrors', rule: 'itms' },
];

/** True for an ImageDigestMirrorSet, ImageTagMirrorSet or ImageContentSourcePolicy of its own API group. */
export function isMirrorObject({ object }: LocatedObject): boolean {
  return kindOf(object) !== undefined;
}

/** The rules of a mirror object in their order; none for another object. An ICSP has no policies. */
export function mirrorRulesOf(located: LocatedObject): readonly MirrorRule[] {
  const kind = kindOf(located.object);
  return kind ? rulesAt(located, ['spec', kind.field], kind.rule) : [];
}

/**
 * The rules of a list of `{source, mirrors}` anywhere in an object. `policyField` names the field with the policy; entries
 * without a source text yield nothing, their schema reports them.
 */
export function rulesAt(
  located: LocatedObject,
  path: Path,
  kind: MirrorRule['kind'],
  policyField = 'mirrorSourcePolicy',
): readonly MirrorRule[] {
  const list = valueAt(located.object, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry, index) => {
    const source = valueAt(entry, ['source']);
    if (typeof source !== 'string') return [];
    const origin = { of: located, path: [...path, index] };
    const policy = kind === 'icsp' ? undefined : policyOf(valueAt(entry, [policyField]));
    return [{ kind, source, mirrors: texts(valueAt(entry, ['mirrors'])), ...(policy && { policy }), origin }];
  });
}

function kindOf(object: LocatedObject['object']): (typeof mirrorKinds)[number] | undefined {
  return mirrorKinds.find(({ group, kind }) => object.kind === kind && object.apiVersion.startsWith(`${group}/`));
}

const policies: readonly MirrorSourcePolicy[] = ['AllowContactingSource', 'NeverContactSource'];

function policyOf(value: unknown): MirrorSourcePolicy | undefined {
  return policies.find((policy) => policy === value);
}

function texts(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
