import type { Origin } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { pullSecretText } from '../../compile/pull-secret.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule, RuleSet } from '../../model.ts';
import { type AuthFile, readAuthFile } from '../../pull/credentials/auth-file.ts';
import { findCredentials } from '../../pull/credentials/find.ts';
import { splitLocation } from '../locations.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'mirror-without-credentials';

/** Mirrors without credentials of sources that have some, by the lookup of nodes (containers/image `pkg/docker/config`). */
export const mirrorWithoutCredentials: LintRule = {
  code,
  severity: 'warning',
  why: 'Only the global pull secret is used for mirrors: credentials of the source are not sent to them, and neither are those of the pod.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findUncovered),
};

function findUncovered({ rules }: MirrorGroup): Diagnostic[] {
  const file = authFileOf(rules);
  if (!file) return [];
  return uncoveredByHost(rules.rules, (repository) => findCredentials([file], repository).kind !== 'none').map(
    ({ mirror, host, source, count, origin }) => {
      const more = count > 1 ? ` and ${count - 1} more of ${host}` : '';
      const message = `the pull secret has credentials for "${source}" but none for its mirror "${mirror}"${more}`;
      const hint = `add an entry for ${host} to the global pull secret, unless the mirror lets everyone pull`;
      return diagnose('warning', code, message, origin, { hint, related: secretPlaces(rules) });
    },
  );
}

function authFileOf({ pullSecret }: RuleSet): AuthFile | undefined {
  const text = pullSecret && pullSecretText(pullSecret).text;
  if (text === undefined) return undefined;
  const file = readAuthFile({ file: 'the pull secret', text });
  return file.diagnostics.length === 0 ? file : undefined;
}

interface UncoveredHost {
  readonly host: string;
  readonly mirror: string;
  readonly source: string;
  readonly origin: Origin;
  readonly count: number;
}

/** The first uncovered mirror of each host, and how many there are: one entry of the pull secret settles them all. */
function uncoveredByHost(rules: readonly MirrorRule[], isCovered: (repository: string) => boolean): UncoveredHost[] {
  const hosts = new Map<string, UncoveredHost>();
  for (const { source, mirrors, origin } of rules) {
    if (source.startsWith('*.') || !isCovered(source)) continue;
    for (const [index, mirror] of mirrors.entries()) {
      if (isCovered(mirror)) continue;
      const { host } = splitLocation(mirror);
      const first = hosts.get(host) ?? { host, mirror, source, origin: below(origin, 'mirrors', index), count: 0 };
      hosts.set(host, { ...first, count: first.count + 1 });
    }
  }
  return [...hosts.values()];
}

/** At the name: a report that shows the line must not show the secret, which install-config holds in its own text. */
function secretPlaces({ pullSecret }: RuleSet): ReturnType<typeof related>[] {
  if (pullSecret?.source === undefined) return [];
  return [related('the pull secret', { of: pullSecret, path: ['metadata', 'name'] })];
}
