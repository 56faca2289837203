import type { Origin } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { NodeFile } from '../model.ts';

/** Container runtimes that do not read registries.conf. */
export type Runtime = 'containerd' | 'k3s' | 'rke2' | 'docker' | 'talos';

/** What goes beside the rules into the files of a runtime whose format has a place for it. */
export interface RuntimeOptions {
  /** CA bundles by `host[:port]`, PEM text. */
  readonly certificates?: readonly HostCertificate[] | undefined;
  /** Registry credentials by key of an auth file (`host[:port][/path]`). Formats that know hosts only take host keys. */
  readonly credentials?: readonly HostCredential[] | undefined;
  /**
   * k3s and rke2: the nodes run with `--disable-default-registry-endpoint`, so that a registry with mirrors is never asked
   * itself. The flag is not part of registries.yaml; it counts for every registry that has a mirror.
   */
  readonly disableDefaultEndpoint?: boolean | undefined;
}

export interface HostCertificate {
  readonly host: string;
  readonly pem: string;
}

export interface HostCredential {
  readonly key: string;
  /** Base64 of `user:password`, as in an auth file. */
  readonly auth: string;
}

/**
 * How true a runtime stays to one rule. `exact`: the same pulls take the same route. `widened`: the rule takes effect,
 * and on pulls that it does not name too. `dropped`: it has no effect.
 */
export type Verdict = 'exact' | 'widened' | 'dropped';

/** What a report line is about: a mirror for both kinds of pull or one, or what is said of the source itself. */
export type ReportKind =
  | 'mirror'
  | 'digest-mirror'
  | 'tag-mirror'
  | 'never-contact-source'
  | 'blocked'
  | 'insecure'
  | 'location'
  | 'credentials';

/** One rule on one runtime. */
export interface ReportEntry {
  /** The scope of the registries.conf table, e.g. `quay.io/ns` or `*.example.com`. */
  readonly source: string;
  /** The mirror's location; null where the line is about the source itself. */
  readonly mirror: string | null;
  readonly kind: ReportKind;
  readonly verdict: Verdict;
  /** One sentence without a trailing period; for `exact` what carries it. */
  readonly why: string;
  readonly origin?: Origin | undefined;
}

/** The files of a runtime, sorted by path, and what they keep of the rules. */
export interface RuntimeOutput {
  readonly files: readonly NodeFile[];
  readonly report: readonly ReportEntry[];
  readonly diagnostics: readonly Diagnostic[];
}
