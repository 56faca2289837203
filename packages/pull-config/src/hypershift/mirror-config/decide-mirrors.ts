import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { defaultTagMinimum, mirrorsOfCluster } from '../../collect/cluster-mirrors.ts';
import { noRules } from '../../collect/collected.ts';
import { compileNodeConfig } from '../../compile/compile-node-config.ts';
import type { MirrorRule } from '../../model.ts';
import { isReleaseAtLeast, type ReleaseVersion } from '../release-version.ts';
import { fieldFault, joinedFaults, keeping, refusalMessage } from './condition-message.ts';
import { type HeldConfig, type MirrorCopy, mirrorCopyData, mirrorHash } from './held-config.ts';
import { validateImageTagMirrorSet } from './image-tag-mirror-set.ts';
import { type MirrorWarning, mirrorWarnings } from './mirror-warnings.ts';
import type { MirrorConfig, MirrorConfigReason } from './parse-config-map.ts';

/** What is known when the mirrors of a HostedCluster are decided. */
export interface MirrorInput {
  readonly hostedCluster: LocatedObject;
  /** Its release; undefined when nothing tells. */
  readonly version: ReleaseVersion | undefined;
  readonly tagMirrorMinVersion?: string | undefined;
  /** The ConfigMap that `imageMirrorConfigRef` names, and what it says; absent without a reference. */
  readonly candidate?: MirrorCandidate | undefined;
  /** The revision in force. */
  readonly held?: HeldConfig | undefined;
  /** The control plane's object with the fields in force. */
  readonly controlPlane?: LocatedObject | undefined;
}

export interface MirrorCandidate {
  readonly namespace: string;
  readonly name: string;
  /** Absent when there is no such ConfigMap. */
  readonly configMap?: LocatedObject | undefined;
  readonly config: MirrorConfig;
  /** Enough other clusters roll the revision out: it is not taken yet. */
  readonly waitsForTurn?: boolean | undefined;
}

/** Reasons of the condition `ValidImageMirrorConfig` (hypershift 2.7). */
export type MirrorConditionReason =
  | 'AsExpected'
  | MirrorConfigReason
  | 'DuplicateSource'
  | 'UnsupportedVersion'
  | 'NameConflict'
  | 'ReleaseVersionUnknown';

export interface MirrorCondition {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: MirrorConditionReason;
  readonly message: string;
}

/** What becomes of the last good copy. */
export type CopyDecision =
  /** Stays as it is, or stays absent. */
  | { readonly action: 'keep' }
  /** The candidate is accepted: these rules, under this hash. The annotations name its revision. */
  | {
      readonly action: 'accept';
      readonly config: Pick<MirrorConfig, 'idms' | 'itms'>;
      readonly data: MirrorCopy['data'];
      readonly hash: string;
    }
  | { readonly action: 'remove' };

/** What a HostedCluster's mirrors become (hypershift 2.8). */
export interface MirrorDecision {
  readonly copy: CopyDecision;
  /** `imageContentSources` and `imageTagMirrorSet` for the control plane; undefined is unset. */
  readonly fields: { readonly imageContentSources: unknown; readonly imageTagMirrorSet: unknown };
  /** Rules that count from now on, in order of precedence. */
  readonly digest: readonly MirrorRule[];
  readonly tag: readonly MirrorRule[];
  /** Absent when the HostedCluster says nothing about mirrors. */
  readonly condition?: MirrorCondition | undefined;
  readonly warnings: readonly MirrorWarning[];
  /** A reference is set and nothing was ever accepted: NodePools that have no nodes yet wait. */
  readonly waitsForFirst: boolean;
}

/**
 * Decides which mirrors a hosted cluster runs with. A ConfigMap that is refused, deleted or of an unknown release changes
 * nothing: the revision in force stays, and the condition says why. Fields that admission would have refused keep the
 * value that the control plane has.
 */
export function decideMirrors(input: MirrorInput): MirrorDecision {
  const inline = wantedFields(input);
  const wanted = { ...inline, ...wantedConfig(input, inline.faults) };
  const trial = tryMirrors(input, wanted.fields, wanted.config);
  if (!trial.conflict) return decided(input, wanted.copy, trial, wanted.fields, wanted.faults);
  const faults = [...wanted.faults, trial.conflict.condition];
  const kept = keptMirrors(input, wanted.fields);
  const decision = decided(input, holdCopy(input), kept.trial, kept.fields, faults);
  return { ...decision, warnings: [...trial.conflict.warnings, ...decision.warnings] };
}

/** The revision in force, with the fields as they are wanted where these go together. */
function keptMirrors(input: MirrorInput, wanted: Fields): { readonly trial: Trial; readonly fields: Fields } {
  const held = tryMirrors(input, wanted, input.held?.config ?? {});
  if (!held.conflict) return { trial: held, fields: wanted };
  const fields = fieldsInForce(input);
  return { trial: tryMirrors(input, fields, input.held?.config ?? {}), fields };
}

interface Fields {
  readonly imageContentSources: unknown;
  readonly imageTagMirrorSet: unknown;
}

interface Trial {
  readonly digest: readonly MirrorRule[];
  readonly tag: readonly MirrorRule[];
  /** Why these rules cannot stand together. */
  readonly conflict?: { readonly condition: MirrorCondition; readonly warnings: readonly MirrorWarning[] } | undefined;
}

function holdCopy({ candidate }: MirrorInput): CopyDecision {
  return { action: candidate ? 'keep' : 'remove' };
}

function fieldsInForce({ controlPlane }: MirrorInput): Fields {
  const field = (name: string): unknown => valueAt(controlPlane?.object, ['spec', name]);
  return { imageContentSources: field('imageContentSources'), imageTagMirrorSet: field('imageTagMirrorSet') };
}

/** The fields as the user set them, tag mirrors as far as they are valid and the release takes them. */
function wantedFields(input: MirrorInput): { fields: Fields; faults: readonly MirrorCondition[] } {
  const field = (name: string): unknown => valueAt(input.hostedCluster.object, ['spec', name]);
  const tags = field('imageTagMirrorSet');
  const take = (imageTagMirrorSet: unknown): Fields => ({
    imageContentSources: field('imageContentSources'),
    imageTagMirrorSet,
  });
  const invalid = validateImageTagMirrorSet(input.hostedCluster);
  if (invalid.length > 0)
    return { fields: take(fieldsInForce(input).imageTagMirrorSet), faults: [inlineCondition(invalid, input)] };
  if (!isNonEmpty(tags)) return { fields: take(undefined), faults: [] };
  if (!input.version) return { fields: take(fieldsInForce(input).imageTagMirrorSet), faults: [unknownRelease(input)] };
  if (supportsTags(input, input.version)) return { fields: take(tags), faults: [] };
  return { fields: take(undefined), faults: [unsupported(input.version, input, 'spec.imageTagMirrorSet')] };
}

function wantedConfig(
  input: MirrorInput,
  fieldFaults: readonly MirrorCondition[],
): {
  config: Pick<MirrorConfig, 'idms' | 'itms'>;
  copy: CopyDecision;
  faults: readonly MirrorCondition[];
} {
  const { candidate, held, version } = input;
  if (!candidate) return { config: {}, copy: { action: 'remove' }, faults: fieldFaults };
  const hold = (...faults: readonly MirrorCondition[]) => ({
    config: held?.config ?? {},
    copy: { action: 'keep' } as const,
    faults: [...fieldFaults, ...faults],
  });
  if (candidate.waitsForTurn) return hold();
  if (candidate.config.reason) return hold(refused(candidate, candidate.config.reason, held));
  const { idms, itms } = candidate.config;
  const accept = (config: Pick<MirrorConfig, 'idms' | 'itms'>, faults: readonly MirrorCondition[]) => ({
    config,
    copy: acceptance(config),
    faults: [...fieldFaults, ...faults],
  });
  if (!itms?.length) return accept({ idms, itms }, []);
  if (!version) return hold(unknownRelease(input));
  if (supportsTags(input, version)) return accept({ idms, itms }, []);
  const place = `key itms.yaml of ConfigMap ${candidate.namespace}/${candidate.name}`;
  return accept({ idms }, [unsupported(version, input, place)]);
}

function acceptance(config: Pick<MirrorConfig, 'idms' | 'itms'>): CopyDecision {
  const data = mirrorCopyData(config);
  return { action: 'accept', config, data, hash: mirrorHash(data) };
}

// What the mirrors make of each other; what they make of a pool's other settings is that pool's matter.
const anyNode = { dialect: '4.19', pool: 'worker' } as const;

function tryMirrors(input: MirrorInput, fields: Fields, config: Pick<MirrorConfig, 'idms' | 'itms'>): Trial {
  const { hostedCluster, version, tagMirrorMinVersion } = input;
  const spec = { ...(valueAt(hostedCluster.object, ['spec']) as object), ...fields };
  const cluster = { ...hostedCluster, object: { ...hostedCluster.object, spec } };
  const { digest, tag } = mirrorsOfCluster({ cluster, config }, version, { tagMirrorMinVersion });
  const rules = [...digest, ...tag];
  const { diagnostics } = compileNodeConfig({ ...noRules, rules, hasMirrorObjects: rules.length > 0 }, anyNode);
  const errors = diagnostics.filter(isError);
  return { digest, tag, conflict: errors.length > 0 ? conflictOf(errors, input) : undefined };
}

function decided(
  input: MirrorInput,
  copy: CopyDecision,
  { digest, tag }: Trial,
  fields: Fields,
  faults: readonly MirrorCondition[],
): MirrorDecision {
  const waitsForFirst = input.candidate !== undefined && copy.action === 'keep' && input.held === undefined;
  const warnings = mirrorWarnings([...digest, ...tag]);
  return { copy, fields, digest, tag, condition: conditionOf(input, digest, tag, faults), warnings, waitsForFirst };
}

function conditionOf(
  { hostedCluster, candidate }: MirrorInput,
  digest: readonly MirrorRule[],
  tag: readonly MirrorRule[],
  faults: readonly MirrorCondition[],
): MirrorCondition | undefined {
  const names = ['imageContentSources', 'imageTagMirrorSet'].filter((name) =>
    isNonEmpty(valueAt(hostedCluster.object, ['spec', name])),
  );
  if (names.length === 0 && !candidate) return undefined;
  const worst = faults.find(({ status }) => status === 'False') ?? faults[0];
  if (worst) return { ...worst, message: faults.map(({ message }) => message).join('; ') };
  const origins = [
    ...names.map((name) => `spec.${name}`),
    ...(candidate ? [`ConfigMap ${candidate.namespace}/${candidate.name}`] : []),
  ];
  const counts = `${digest.length} digest rules, ${tag.length} tag rules from ${origins.join(', ')}`;
  const turn = candidate?.waitsForTurn ? '; a newer revision waits until fewer clusters roll it out' : '';
  return { status: 'True', reason: 'AsExpected', message: counts + turn };
}

function refused(
  candidate: MirrorCandidate,
  reason: MirrorConfigReason,
  held: HeldConfig | undefined,
): MirrorCondition {
  return { status: 'False', reason, message: refusalMessage(candidate.config, candidate, held) };
}

function conflictOf(errors: readonly Diagnostic[], input: MirrorInput): NonNullable<Trial['conflict']> {
  const texts = errors.map((diagnostic) => fieldFault(diagnostic, input.hostedCluster));
  const message = `${joinedFaults(texts)}; ${keepingOf(input)}`;
  const warnings = texts.filter((_, index) => errors[index]?.code === 'conflicting-policies-for-source');
  return {
    condition: { status: 'False', reason: 'ValidationFailed', message },
    warnings: warnings.map((text) => ({ reason: 'MirrorPolicyConflict', message: text })),
  };
}

function inlineCondition(errors: readonly Diagnostic[], input: MirrorInput): MirrorCondition {
  const texts = errors.map((diagnostic) => fieldFault(diagnostic, input.hostedCluster));
  const isDuplicate = errors.every(({ message }) => message.includes('duplicate source'));
  const reason = isDuplicate ? 'DuplicateSource' : 'ValidationFailed';
  return { status: 'False', reason, message: `${joinedFaults(texts)}; the field keeps the value in force` };
}

function keepingOf({ candidate, held }: MirrorInput): string {
  return candidate ? keeping(held, `${candidate.namespace}/${candidate.name}`) : 'the fields in force stay';
}

function unknownRelease({ held, candidate }: MirrorInput): MirrorCondition {
  const kept = candidate && held ? `; ${keeping(held, `${candidate.namespace}/${candidate.name}`)}` : '';
  const message = `the release version is not known, so whether it takes tag mirrors is not either${kept}`;
  return { status: 'Unknown', reason: 'ReleaseVersionUnknown', message };
}

function unsupported(version: ReleaseVersion, input: MirrorInput, place: string): MirrorCondition {
  const message = `${place}: tag mirrors need release ${minimumOf(input)}, this cluster runs ${version.text}; they are held back until the upgrade`;
  return { status: 'False', reason: 'UnsupportedVersion', message };
}

function supportsTags(input: MirrorInput, version: ReleaseVersion): boolean {
  return isReleaseAtLeast(version, minimumOf(input));
}

function minimumOf({ tagMirrorMinVersion }: MirrorInput): string {
  return tagMirrorMinVersion ?? defaultTagMinimum;
}

function isNonEmpty(list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && list.length > 0;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
