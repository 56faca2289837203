import { type LocatedObject, loadManifests, type Path, type SourceMap, validateObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorObject, mirrorRulesOf, rulesAt } from '../../collect/mirror-rules.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { groupBy } from '../../runtimes/group-by.ts';
import { checkMirrorRules } from '../mirror-config/check-document.ts';
import { type ClusterFiles, fileTitles, type NamedText } from './cluster-files.ts';
import { loadRuleList } from './rule-list.ts';

/** Rules from the file of a flag, each with its place, and everything wrong with them. */
export interface FileRules {
  readonly rules: readonly MirrorRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Rules of `--image-content-sources`: a list of `{source, mirrors}`, or IDMS and ICSP manifests. The field of the
 * HostedCluster has no policy, so a rule that must never contact its source is refused.
 */
export function contentSourceRules(files: ClusterFiles): FileRules {
  const found = rulesOfFlag(files, 'image-content-sources', ['ImageDigestMirrorSet', 'ImageContentSourcePolicy']);
  const forbidding = found.rules.filter(({ policy }) => policy === 'NeverContactSource');
  const diagnostics = forbidding.map(({ source, origin }) => {
    const message = `imageContentSources cannot carry NeverContactSource of "${source}"`;
    return diagnose('error', 'create-cluster-file', message, origin, { hint: 'use --image-mirror-config instead' });
  });
  return { rules: found.rules, diagnostics: [...found.diagnostics, ...diagnostics] };
}

/**
 * Rules of `--image-tag-mirror-set`: a list of `{source, mirrors, mirrorSourcePolicy?}`, or ITMS manifests. Rules of one
 * source become one rule if their policies agree; the field allows a source once.
 */
export function tagMirrorRules(files: ClusterFiles): FileRules {
  const found = rulesOfFlag(files, 'image-tag-mirror-set', ['ImageTagMirrorSet']);
  const bySource = groupBy(found.rules, ({ source }) => source);
  const diagnostics = [...bySource.values()].flatMap(disagreement);
  return { rules: [...bySource.values()].map(merged), diagnostics: [...found.diagnostics, ...diagnostics] };
}

function disagreement(rules: readonly MirrorRule[]): readonly Diagnostic[] {
  const [first] = rules;
  const other = rules.find(({ policy }) => isNever(policy) !== isNever(first?.policy));
  if (!first || !other) return [];
  const message = `two rules for "${first.source}" disagree on mirrorSourcePolicy`;
  const related = [{ message: 'the other rule', at: first.origin.of.source?.span(first.origin.path) }];
  return [diagnose('error', 'conflicting-policies-for-source', message, other.origin, { related })];
}

function isNever(policy: MirrorRule['policy']): boolean {
  return policy === 'NeverContactSource';
}

function merged(rules: readonly MirrorRule[]): MirrorRule {
  const [first] = rules;
  if (!first) throw new Error('a group of rules has a first one');
  const policy = rules.map((rule) => rule.policy).find((value) => value !== undefined);
  return { ...first, policy, mirrors: [...new Set(rules.flatMap(({ mirrors }) => mirrors))] };
}

/** The manifests of a file that are of the expected kinds, and faults for the others. */
export function mirrorManifests(
  file: NamedText,
  flag: string,
  kinds: readonly string[],
): { readonly documents: readonly LocatedObject[]; readonly diagnostics: readonly Diagnostic[] } {
  const { objects, diagnostics } = loadManifests([file]);
  const documents = objects.filter((located) => isMirrorObject(located) && kinds.includes(located.object.kind));
  const others = objects.filter((located) => !documents.includes(located));
  return {
    documents,
    diagnostics: [
      ...diagnostics.filter(({ severity }) => severity === 'error').map((fault) => unreadable(fault, flag)),
      ...others.map((located) => {
        const message = `--${flag} does not take ${located.object.kind} of ${located.object.apiVersion}`;
        const more = { expected: kinds.join(' or ') };
        return diagnose('error', 'create-cluster-file', message, { of: located, path: ['kind'] }, more);
      }),
    ],
  };
}

function rulesOfFlag(files: ClusterFiles, flag: ListFlag, kinds: readonly string[]): FileRules {
  const file = files.text(flag);
  if (!file) return { rules: [], diagnostics: [] };
  const list = loadRuleList(file);
  if (list) return rulesOfList(list, flag);
  const { documents, diagnostics } = mirrorManifests(file, flag, kinds);
  const faults = documents.flatMap((document) => [...validateObject(document), ...checkMirrorRules(document)]);
  return { rules: documents.flatMap(mirrorRulesOf), diagnostics: [...diagnostics, ...faults.filter(isError)] };
}

const listFields = {
  'image-content-sources': { field: 'imageContentSources', kind: 'idms', policyField: '' },
  'image-tag-mirror-set': { field: 'imageTagMirrorSet', kind: 'itms', policyField: 'mirrorSourcePolicy' },
} as const;
type ListFlag = keyof typeof listFields;

function rulesOfList({ object, diagnostics }: NonNullable<ReturnType<typeof loadRuleList>>, flag: ListFlag): FileRules {
  const faults = diagnostics.filter(isError).map((fault) => unreadable(fault, flag));
  if (!object || faults.length > 0) return { rules: [], diagnostics: faults };
  const { field, kind, policyField } = listFields[flag];
  const checked = validateObject(asHostedCluster(object, field)).filter((fault) => isAbout(fault, field));
  return { rules: rulesAt(object, ['rules'], kind, policyField), diagnostics: checked };
}

/** The list as the field that it is for, so that the schema of the kind judges it. Places stay those of the file. */
function asHostedCluster(list: LocatedObject, field: string): LocatedObject {
  const inList = (path: Path): Path => ['rules', ...path.slice(2)];
  const { source } = list;
  const map: SourceMap | undefined = source && {
    file: source.file,
    span: (path) => source.span(inList(path)),
    keySpan: (path) => source.keySpan(inList(path)),
  };
  const spec = { [field]: list.object['rules'] };
  const object = { apiVersion: 'hypershift.openshift.io/v1beta1', kind: 'HostedCluster', metadata: {}, spec };
  return { object, source: map };
}

/** Sources that are listed twice are merged, so that fault of the list does not count. */
function isAbout({ severity, code, path = '' }: Diagnostic, field: string): boolean {
  const isIn = path === `spec.${field}` || path.startsWith(`spec.${field}[`);
  const isRepeatedSource = code === 'field-duplicate' && !path.includes('.mirrors');
  return severity === 'error' && isIn && !isRepeatedSource;
}

function unreadable(fault: Diagnostic, flag: string): Diagnostic {
  return { ...fault, message: `unable to deserialize ${fileTitles[flag]}: ${fault.message}` };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
