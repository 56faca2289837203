import { type Command, Option } from 'commander';
import { logFormatOption, withExamples } from './shared-options.ts';

export interface OperatorFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly leaderElect?: boolean;
  readonly leaderElectNamespace: string;
  readonly controllers: string;
  readonly healthListen?: string;
  readonly ignitionListen?: string;
  readonly ignitionUrl?: string;
  readonly ignitionCert?: string;
  readonly ignitionKey?: string;
  readonly ignitionCa?: string;
  readonly tagMirrorMinVersion?: string;
  readonly managementTagMirrorObjects: 'auto' | 'disabled';
  readonly nodeRoot?: string;
  readonly ocmListen?: string;
  readonly ocmDir: string;
  readonly ocmName?: string;
  readonly enableTagMirrors?: boolean;
  readonly logFormat: 'text' | 'json';
}

export function registerOperator(program: Command): void {
  const command = program
    .command('operator')
    .description('the controllers, against any Kubernetes API server')
    .option(
      '--kubeconfig <file>',
      'the API server (default: KUBECONFIG, ~/.kube/config, the ServiceAccount of the pod)',
    )
    .option('--context <name>', 'context of the kubeconfig')
    .option('--leader-elect', 'work only while holding a Lease, so that several can run')
    .option('--leader-elect-namespace <name>', 'where the Lease is', 'pullpath')
    .option('--controllers <list>', 'which: names, -name to leave one out, * for all', '*')
    .option('--health-listen <address>', 'where to answer /healthz, /readyz and /metrics over HTTP')
    .option('--ignition-listen <address>', 'where to answer nodes of hosted clusters over HTTPS')
    .option('--ignition-url <url>', 'the address under which those nodes reach it')
    .option('--ignition-cert <file>', 'certificate of that address, PEM')
    .option('--ignition-key <file>', 'its key, PEM')
    .option('--ignition-ca <file>', 'the authority that nodes trust for it, PEM')
    .option('--tag-mirror-min-version <version>', 'release from which hosted clusters take tag mirrors', '4.21.0')
    .addOption(
      new Option('--management-tag-mirror-objects <mode>', 'records of tag mirrors on the management cluster')
        .choices(['auto', 'disabled'])
        .default('auto'),
    )
    .option('--node-root <dir>', 'simulate the machines of NodePools below a directory')
    .option('--ocm-listen <address>', 'where to answer the OCM API over HTTPS')
    .option('--ocm-dir <dir>', 'its certificates, signing key and accounts; the same for all replicas', '.pullpath')
    .option('--ocm-name <host>', 'the name under which clients reach it (default: the address)')
    .option('--enable-tag-mirrors', 'image mirrors of type tag in the OCM API, an extension')
    .addOption(logFormatOption())
    .action(async (flags: OperatorFlags) => {
      const { operator } = await import('../actions/operator.ts');
      process.exitCode = await operator(flags);
    });
  withExamples(
    command,
    'pullpath operator --kubeconfig ~/.kube/config --leader-elect',
    'pullpath operator --controllers hosted-cluster,node-pool,guest --log-format json',
  );
}
