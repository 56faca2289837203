import { type Command, InvalidArgumentError } from 'commander';
import { logFormatOption, withExamples } from './shared-options.ts';

export interface ServeFlags {
  readonly dataDir: string;
  readonly listen: string;
  readonly logFormat: 'text' | 'json';
  readonly demo?: boolean;
  readonly workers: number;
  readonly nodeRoot?: string;
  readonly healthListen?: string;
  readonly ocmListen?: string;
  readonly enableTagMirrors?: boolean;
}

export function registerServe(program: Command): void {
  const command = program
    .command('serve')
    .description('a Kubernetes API for mirror resources, in one process and one file')
    .option('--data-dir <dir>', 'where state, certificates and the admin kubeconfig live', '.pullpath')
    .option(
      '--listen <address>',
      'host:port, or a port on 127.0.0.1; port 0 takes the one of last time, or any',
      '127.0.0.1:0',
    )
    .option('--demo', 'begin with a small fleet: a hosted cluster with two pools, and its mirrors')
    .option('--health-listen <address>', 'where to answer /healthz, /readyz and /metrics over HTTP')
    .option('--workers <count>', 'nodes of the management cluster that a first start makes', countOf, 3)
    .option('--node-root <dir>', "where the nodes' directories lie (default: nodes below --data-dir)")
    .option('--ocm-listen <address>', 'where to answer the OCM API over HTTPS, like --listen')
    .option('--enable-tag-mirrors', 'image mirrors of type tag in the OCM API, an extension')
    .addOption(logFormatOption())
    .action(async (flags: ServeFlags) => {
      const { serve } = await import('../actions/serve.ts');
      process.exitCode = await serve(flags);
    });
  withExamples(command, 'pullpath serve', 'kubectl --kubeconfig .pullpath/kubeconfig get imagetagmirrorsets');
}

const mostWorkers = 5_000;

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= mostWorkers) return count;
  throw new InvalidArgumentError(`It must be a whole number up to ${mostWorkers}.`);
}
