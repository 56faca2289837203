import type { Origin } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isNested } from '@pullpath/oci';
import { trustedCertificates } from '../../compile/trusted-ca.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule, RuleSet } from '../../model.ts';
import { looksPrivate } from '../hosts.ts';
import { splitLocation } from '../locations.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'mirror-without-ca';

/** Private mirrors that the trusted CA ConfigMap leaves out, where nothing else makes nodes trust them. */
export const mirrorWithoutCa: LintRule = {
  code,
  severity: 'info',
  why: 'Trust is given per host and port: a certificate authority for the source, or for the mirror without its port, says nothing about the mirror.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(({ rules }) => findUntrusted(rules)),
};

function findUntrusted({ rules, trustedCA, trustBundle, registrySources: { insecure = [] } }: RuleSet): Diagnostic[] {
  if (!trustedCA || trustBundle) return [];
  const trusted = new Set(trustedCertificates(trustedCA).certificates.map(({ host }) => host));
  const isInsecure = (mirror: string): boolean => insecure.some(({ scope }) => isNested(mirror, scope));
  return [...privateMirrors(rules)]
    .filter(([host, { mirror }]) => !trusted.has(host) && !isInsecure(mirror))
    .map(([host, { mirror, origin }]) => {
      const key = host.replace(':', '..');
      const message = `no certificate authority is trusted for ${host}, the host of mirror "${mirror}"`;
      const hint = `add the key "${key}" to the ConfigMap, unless a public authority signed its certificate`;
      const places = [related('the trusted authorities', { of: trustedCA, path: ['metadata', 'name'] })];
      return diagnose('info', code, message, origin, { hint, related: places });
    });
}

interface PrivateMirror {
  readonly mirror: string;
  readonly origin: Origin;
}

/** The first mirror of every host that looks private. */
function privateMirrors(rules: readonly MirrorRule[]): ReadonlyMap<string, PrivateMirror> {
  const hosts = new Map<string, PrivateMirror>();
  for (const { mirrors, origin } of rules) {
    for (const [index, mirror] of mirrors.entries()) {
      const { host } = splitLocation(mirror);
      if (!hosts.has(host) && looksPrivate(host)) hosts.set(host, { mirror, origin: below(origin, 'mirrors', index) });
    }
  }
  return hosts;
}
