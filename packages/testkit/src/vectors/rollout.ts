import {
  closestPathPolicy,
  defaultNodeDisruptionPolicies,
  type FilePolicy,
  firstBootActions,
  isDrainRequiredFirstBoot,
  isSafeRegistriesConfChange,
  mergeNodeDisruptionPolicies,
  type NodeFile,
  nodeDisruptionActions,
  rolloutDecision,
  type UserDisruptionPolicies,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

type Files = Readonly<Record<string, string>>;

export const rollout: Area = {
  isSafeRegistriesConfChange: (input: { old: string | null; new: string | null }) => ({
    safe: isSafeRegistriesConfChange(input.old ?? undefined, input.new ?? undefined).safe,
  }),
  rolloutDecision: (input: { oldFiles: Files; newFiles: Files; sshChanged: boolean }) => {
    const decision = rolloutDecision(treeOf(input.oldFiles), treeOf(input.newFiles), { sshChanged: input.sshChanged });
    const changedFiles = decision.changes.map(({ path }) => path);
    const { actions, drain } = decision;
    return { changedFiles, actions, drain, firstBootActions: firstBootActions(changedFiles) };
  },
  nodeDisruptionActions: (input: { changedFiles: string[]; policies: 'default' | { files: FilePolicy[] } }) => ({
    actions: nodeDisruptionActions(
      input.changedFiles,
      input.policies === 'default'
        ? defaultNodeDisruptionPolicies
        : { ...defaultNodeDisruptionPolicies, ...input.policies },
    ),
  }),
  closestPathPolicy: (input: { path: string; policies: 'default' | FilePolicy[] }) => {
    const policies = input.policies === 'default' ? defaultNodeDisruptionPolicies.files : input.policies;
    const found = closestPathPolicy(input.path, policies);
    return { actions: found?.actions ?? [], found: found !== undefined };
  },
  userNodeDisruptionPolicy: (input: { changedFiles: string[]; userPolicy: UserDisruptionPolicies }) => {
    const policies = mergeNodeDisruptionPolicies(input.userPolicy);
    return { mergedFiles: policies.files, actions: nodeDisruptionActions(input.changedFiles, policies) };
  },
  defaultNodeDisruptionPolicies: () => ({ policies: defaultNodeDisruptionPolicies }),
  firstBootActions: (input: { changedFiles: string[] }) => ({ actions: firstBootActions(input.changedFiles) }),
  isDrainRequiredFirstBoot: (input: { actions: string[]; changedFiles: string[]; old: string; new: string }) => ({
    drain: isDrainRequiredFirstBoot(input.actions, input.changedFiles, input.old, input.new),
  }),
};

function treeOf(files: Files): NodeFile[] {
  return Object.entries(files).map(([path, contents]) => ({ path, mode: 0o644, contents }));
}
