import type { OriginPlace } from '@pullpath/api';

/** What kind of thing a rule decides. `digest-mirrors` come from IDMS and ICSP, `tag-mirrors` from ITMS. */
export type RuleSubject =
  | 'digest-mirrors'
  | 'tag-mirrors'
  | 'insecure'
  | 'blocked'
  | 'allowed'
  | 'search'
  | 'release-image'
  | 'signature-policy'
  | 'container-runtime-config'
  | 'trusted-ca'
  | 'trust-bundle'
  | 'pull-secret';

/** One difference between two sets of rules, in words of the user's objects. */
export interface RuleChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly subject: RuleSubject;
  /** The source, scope, list or object. */
  readonly name: string;
  /** For mirrors: the list afterwards, or the one that is removed. */
  readonly mirrors?: readonly string[];
  /** What is new about it, one clause each: `policy AllowContactingSource -> NeverContactSource`. */
  readonly details: readonly string[];
  /** The rules behind it: those afterwards, or those that are removed. */
  readonly origins: readonly OriginPlace[];
}
