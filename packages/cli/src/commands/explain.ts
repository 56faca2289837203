import { type Command, Option } from 'commander';
import type { LiveFlags } from '../input/live-api.ts';
import {
  addLiveOptions,
  addScopeOptions,
  manifestPaths,
  outputOption,
  runtimeOption,
  type ScopeFlags,
  timeoutOption,
  withExamples,
} from './shared-options.ts';

export interface ExplainFlags extends ScopeFlags, LiveFlags {
  readonly filename?: string[];
  readonly nodeRoot?: string;
  readonly node?: string;
  readonly runtime: string;
  readonly probe?: boolean;
  readonly timeout: number;
  readonly output?: string;
}

export function registerExplain(program: Command): void {
  const command = program
    .command('explain')
    .description('tell where a pull goes, in which order, and which line of which object says so')
    .argument('[image...]', 'image references')
    .addOption(new Option(...manifestPaths).conflicts('nodeRoot'))
    .option('--node-root <dir>', "a node's file tree, as read by its runtime")
    .addOption(
      new Option('--node <name>', 'what a node of an API server has (of a hosted cluster with --cluster)').conflicts([
        'filename',
        'nodeRoot',
        'pool',
      ]),
    )
    .addOption(runtimeOption(['crio', 'podman', 'containerd', 'k3s', 'rke2', 'docker', 'talos']))
    .option('--probe', 'ask the registries (HEAD manifest) and add what happened')
    .addOption(timeoutOption())
    .addOption(outputOption('text', 'json', 'yaml'))
    .action(async (images: string[], flags: ExplainFlags) => {
      const { explain } = await import('../actions/explain.ts');
      process.exitCode = await explain(images, flags);
    });
  addScopeOptions(command);
  addLiveOptions(command);
  withExamples(
    command,
    'pullpath explain registry.redhat.io/rhel9/nginx:1.24 -f manifests/',
    'pullpath explain quay.io/app/web:v1 --cluster my-cluster --pool my-cluster-workers',
  );
}
