import { CodedError } from '@pullpath/diagnostics';
import type { KubeClient, KubeTable, Resource } from '@pullpath/kube-client';
import { aligned } from '@pullpath/pull-config';
import type { GetFlags } from '../commands/get.ts';
import { exitCodes } from '../exit-codes.ts';
import { isStored, kindNamed } from '../input/kind-named.ts';
import { withLiveApi } from '../input/live-api.ts';
import { getObject, inHostedCluster } from '../input/live-cluster.ts';
import { structured } from '../output/structured.ts';

/** `pullpath get KIND [NAME]`. */
export async function get(kind: string, name: string | undefined, flags: GetFlags): Promise<number> {
  const resource = resourceNamed(kind);
  const text = await withLiveApi(flags, async (client) => {
    const show = async (api: KubeClient): Promise<string> => shown(api, resource, name, flags);
    return flags.cluster === undefined ? show(client) : inHostedCluster(client, flags.cluster, show);
  });
  process.stdout.write(text);
  return exitCodes.done;
}

/** What nodes and rollouts leave beside our own kinds. Secrets are left to programs that may print them. */
const builtIn: readonly (readonly [plural: string, kind: string, shortName: string, namespaced: boolean])[] = [
  ['nodes', 'Node', 'no', false],
  ['namespaces', 'Namespace', 'ns', false],
  ['events', 'Event', 'ev', true],
  ['pods', 'Pod', 'po', true],
  ['configmaps', 'ConfigMap', 'cm', true],
];

function resourceNamed(word: string): Resource {
  const wanted = word.toLowerCase();
  const known = builtIn.find(([plural, kind, short]) => [plural, kind.toLowerCase(), short].includes(wanted));
  if (known) return { group: '', version: 'v1', plural: known[0], kind: known[1], namespaced: known[3] };
  const kind = kindNamed(word);
  if (!isStored(kind))
    throw new CodedError('kind-not-served', `${kind.kind} is nothing that an API server shows here`, {
      hint: '"kubectl get" asks for any kind',
    });
  const { group, version, plural, scope } = kind;
  return { group, version, plural, kind: kind.kind, namespaced: scope === 'Namespaced' };
}

async function shown(
  client: KubeClient,
  resource: Resource,
  name: string | undefined,
  { namespace, output }: GetFlags,
): Promise<string> {
  if (name !== undefined) {
    const place = resource.namespaced ? { namespace: namespace ?? 'default', name } : { name };
    const object = await getObject(client, resource, place);
    return output === 'text' ? tableText(await client.table(resource, place)) : structured(object, output);
  }
  const within = resource.namespaced && namespace !== undefined ? { namespace } : {};
  return output === 'text'
    ? tableText(await client.table(resource, within))
    : structured(await client.list(resource, within), output);
}

function tableText({ columnDefinitions, rows }: KubeTable): string {
  if (rows.length === 0) return 'no objects\n';
  const columns = [...columnDefinitions.entries()].filter(([, { priority = 0 }]) => priority === 0);
  const header = columns.map(([, { name }]) => name.toUpperCase());
  const cells = rows.map((row) => columns.map(([index]) => cellText(row.cells[index])));
  return `${aligned([header, ...cells]).join('\n')}\n`;
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
