import { type Command, Option } from 'commander';
import {
  addScopeOptions,
  manifestPaths,
  outputOption,
  runtimeOption,
  type ScopeFlags,
  withExamples,
} from './shared-options.ts';

export interface RenderFlags extends ScopeFlags {
  readonly filename: string[];
  readonly runtime: string;
  readonly dialect?: string;
  readonly out?: string;
  readonly as: string;
  readonly output?: string;
}

export function registerRender(program: Command): void {
  const command = program
    .command('render')
    .description('write the exact files that nodes will read')
    .requiredOption(...manifestPaths)
    .addOption(runtimeOption(['crio', 'podman', 'containerd', 'k3s', 'rke2', 'docker', 'talos']))
    .addOption(
      new Option('--dialect <release>', 'text of registries.conf by release').choices(['4.12', '4.13', '4.19']),
    )
    .option('--out <dir>', 'write the node tree below this directory instead of stdout')
    .addOption(
      new Option('--as <form>', 'what to print without --out')
        .choices(['files', 'machineconfig', 'ignition', 'payload'])
        .default('files')
        .conflicts('out'),
    )
    .addOption(outputOption('text', 'json', 'yaml'))
    .action(async (flags: RenderFlags) => {
      const { render } = await import('../actions/render.ts');
      process.exitCode = await render(flags);
    });
  addScopeOptions(command);
  withExamples(
    command,
    'pullpath render -f manifests/',
    'pullpath render -f hc.yaml --hosted-cluster clusters/my-cluster --node-pool my-cluster-workers --out node/',
  );
}
