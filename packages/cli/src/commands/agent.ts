import { type Command, InvalidArgumentError, Option } from 'commander';
import { logFormatOption, withExamples } from './shared-options.ts';

export interface AgentFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly node: string;
  readonly root: string;
  readonly runtime: 'crio' | 'containerd';
  readonly drift: 'repair' | 'report';
  readonly reload: string;
  readonly checkInterval: number;
  readonly healthListen?: string;
  readonly uninstall?: boolean;
  readonly logFormat: 'text' | 'json';
}

export function registerAgent(program: Command): void {
  const command = program
    .command('agent')
    .description('writes the files of one node, has its runtime take them up, and keeps them so')
    .option(
      '--kubeconfig <file>',
      'the API server (default: KUBECONFIG, ~/.kube/config, the ServiceAccount of the pod)',
    )
    .option('--context <name>', 'context of the kubeconfig')
    .addOption(new Option('--node <name>', 'the Node').env('NODE_NAME').makeOptionMandatory())
    .option(
      '--root <dir>',
      'directory that is / on the node; other than / and /host, actions are only recorded',
      '/host',
    )
    .addOption(
      new Option('--runtime <runtime>', 'what runs containers').choices(['crio', 'containerd']).default('crio'),
    )
    .addOption(
      new Option('--drift <policy>', 'files that someone else changed').choices(['repair', 'report']).default('repair'),
    )
    .option(
      '--reload <how>',
      'how CRI-O reads its files again: systemctl, sighup[:pid file], or a command',
      'systemctl',
    )
    .option('--check-interval <seconds>', 'between two looks at the files', secondsOf, 60)
    .option('--health-listen <address>', 'where to answer /healthz, /readyz and /metrics over HTTP')
    .option('--uninstall', 'give back what the agent wrote on the node, and end')
    .addOption(logFormatOption())
    .action(async (flags: AgentFlags) => {
      const { agent } = await import('../actions/agent.ts');
      process.exitCode = await agent(flags);
    });
  withExamples(
    command,
    'pullpath agent --kubeconfig ~/.kube/config --node worker-0',
    'pullpath agent --kubeconfig .pullpath/kubeconfig --node worker-0 --root /tmp/worker-0 --runtime containerd',
  );
}

const longestInterval = 86_400;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= longestInterval) return seconds;
  throw new InvalidArgumentError(`It must be a number of seconds from 1 to ${longestInterval}.`);
}
