import type { KubeObject, Origin } from '@pullpath/api';
import type { MirrorRule, MirrorSourcePolicy, RegistrySources, ScopeRule } from '@pullpath/pull-config';

/** Mirror objects as the recorded cases hold them; an absent list counts as empty. */
export interface MirrorObjects {
  readonly icsp?: readonly KubeObject[] | null;
  readonly idms?: readonly KubeObject[] | null;
  readonly itms?: readonly KubeObject[] | null;
}

const lists = { idms: 'imageDigestMirrors', icsp: 'repositoryDigestMirrors', itms: 'imageTagMirrors' } as const;

/** The rules of recorded objects. */
export function rulesOf({ icsp, idms, itms }: MirrorObjects): MirrorRule[] {
  return [...rulesOfKind('idms', idms ?? []), ...rulesOfKind('icsp', icsp ?? []), ...rulesOfKind('itms', itms ?? [])];
}

interface Entry {
  readonly source: string;
  readonly mirrors?: readonly string[] | null;
  readonly mirrorSourcePolicy?: MirrorSourcePolicy | '';
}

function rulesOfKind(kind: MirrorRule['kind'], objects: readonly KubeObject[]): MirrorRule[] {
  return objects.flatMap((object) => {
    const entries = ((object['spec'] as Record<string, unknown> | undefined)?.[lists[kind]] ?? []) as Entry[];
    return entries.map(({ source, mirrors, mirrorSourcePolicy }, index) => ({
      kind,
      source,
      mirrors: mirrors ?? [],
      policy: mirrorSourcePolicy || undefined,
      origin: { of: { object }, path: ['spec', lists[kind], index] },
    }));
  });
}

/** Scopes of one recorded list of `registrySources`; null stays absent. */
export function scopesOf(list: string, scopes: readonly string[] | null | undefined): ScopeRule[] | undefined {
  return scopes?.map((scope, index) => ({ scope, origin: imageOrigin(list, index) }));
}

/** Recorded `registrySources`. */
export function registrySourcesOf(sources: Readonly<Record<string, readonly string[] | null>>): RegistrySources {
  return {
    insecure: scopesOf('insecureRegistries', sources['insecureRegistries']),
    blocked: scopesOf('blockedRegistries', sources['blockedRegistries']),
    allowed: scopesOf('allowedRegistries', sources['allowedRegistries']),
    search: scopesOf('containerRuntimeSearchRegistries', sources['containerRuntimeSearchRegistries']),
  };
}

function imageOrigin(list: string, index: number): Origin {
  const object = { apiVersion: 'config.openshift.io/v1', kind: 'Image', metadata: { name: 'cluster' } };
  return { of: { object }, path: ['spec', 'registrySources', list, index] };
}
