import type { Command } from 'commander';
import { registerAgent } from './agent.ts';
import { registerBackup } from './backup.ts';
import { registerCompletion } from './completion.ts';
import { registerCrds } from './crds.ts';
import { registerDiff } from './diff.ts';
import { registerExplain } from './explain.ts';
import { registerGet } from './get.ts';
import { registerHypershift } from './hypershift.ts';
import { registerInstallConfig } from './install-config.ts';
import { registerLint } from './lint.ts';
import { registerMigrate } from './migrate.ts';
import { registerOcm } from './ocm.ts';
import { registerOperator } from './operator.ts';
import { registerPlan } from './plan.ts';
import { registerPullSecret } from './pull-secret.ts';
import { registerRender } from './render.ts';
import { registerRollout } from './rollout.ts';
import { registerRosa } from './rosa.ts';
import { registerSchema } from './schema.ts';
import { registerServe } from './serve.ts';
import { registerStatus } from './status.ts';
import { registerTerraform } from './terraform.ts';
import { registerVersion } from './version.ts';

/** Every command: one file each that declares its words, and loads its work from `actions/` when it runs. */
export const commands: readonly ((program: Command) => void)[] = [
  registerLint,
  registerRender,
  registerExplain,
  registerDiff,
  registerPlan,
  registerMigrate,
  registerInstallConfig,
  registerPullSecret,
  registerHypershift,
  registerSchema,
  registerCrds,
  registerServe,
  registerOperator,
  registerOcm,
  registerRosa,
  registerAgent,
  registerStatus,
  registerRollout,
  registerGet,
  registerTerraform,
  registerBackup,
  registerCompletion,
  registerVersion,
];
