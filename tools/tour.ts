// npm run tour: the file commands in 60 seconds. Every step is a command that works as printed, run here on the manifests of examples/.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Step {
  readonly title: string;
  readonly text: string;
  readonly args: readonly string[];
  /** 1 where the command is expected to find something. */
  readonly exit?: number;
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = mkdtempSync(join(tmpdir(), 'pullpath-tour-'));
const pool = ['--hosted-cluster', 'clusters/my-cluster', '--node-pool', 'my-cluster-workers'];
const digest = 'sha256:44d75007b39e0e1bbf1bcfd0721245add54c54c3f83903f8926fb4bef6827aa2';

const steps: readonly Step[] = [
  {
    title: 'Is the configuration right?',
    text: 'One ConfigMap holds the digest and the tag mirrors of a fleet. It is valid, and still two rules will surprise.',
    args: ['lint', 'examples/unified'],
    exit: 1,
  },
  {
    title: 'What will a node read?',
    text: 'The exact registries.conf of a worker of NodePool my-cluster-workers, byte for byte.',
    args: ['render', '-f', 'examples/unified', ...pool],
  },
  {
    title: 'Where does this pull go: by tag?',
    text: 'The source is never contacted, so the one mirror is the only route.',
    args: ['explain', 'registry.redhat.io/rhel9/nginx:1.24', '-f', 'examples/unified', ...pool],
  },
  {
    title: 'And the same image by digest?',
    text: 'A tag mirror is no use for a digest, and NeverContactSource blocks the source for both: what lint warned of.',
    args: ['explain', `registry.redhat.io/rhel9/nginx@${digest}`, '-f', 'examples/unified', ...pool],
    exit: 1,
  },
  {
    title: 'Which registries may this cluster pull from?',
    text: 'image.config.openshift.io with an allow list: policy.json refuses the rest, whatever the mirrors say.',
    args: ['explain', 'docker.io/library/nginx:1.27', '-f', 'examples/image-config'],
    exit: 1,
  },
  {
    title: 'What would a change do to the nodes?',
    text: 'From digest mirrors only to digest and tag mirrors, before anything is applied.',
    args: [
      'plan',
      '--from',
      'examples/legacy/hostedcluster.yaml',
      'examples/tour/nodepool-before.yaml',
      '--to',
      'examples/legacy',
      ...pool,
      '--images',
      'examples/tour/running-images.txt',
    ],
  },
  {
    title: 'The same for a fully disconnected cluster, as a file tree',
    text: 'Written below a directory, ready to compare with a node.',
    args: [
      'render',
      '-f',
      'examples/disconnected',
      '--hosted-cluster',
      'clusters/disconnected-cluster',
      '--node-pool',
      'disconnected-cluster-workers',
      '--out',
      node,
    ],
  },
];

const failed = steps.filter(show);
rmSync(node, { recursive: true });
console.log('\nNext: ./pullpath --help, and the recipes in README.md.');
process.exitCode = failed.length > 0 ? 1 : 0;

/** Runs one step; true when it did not end as it should. */
function show({ title, text, args, exit = 0 }: Step, index: number): boolean {
  console.log(`\n${index + 1}. ${title}\n   ${text}\n\n$ ./pullpath ${args.join(' ')}`);
  const { status } = spawnSync(join(root, 'pullpath'), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== exit) console.error(`(exit code ${status}, expected ${exit})`);
  return status !== exit;
}
