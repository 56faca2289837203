import { annotations } from '@pullpath/ocm-api';
import { askOverTls, type HttpAnswer } from '../../ocm/ask-over-tls.ts';
import { startOcmServer, type TestOcmServer } from '../../ocm/start-ocm-server.ts';
import { subsetDifference } from '../../terraform/exchange-server.ts';
import type { Area } from '../run-vectors.ts';
import type { VectorCase } from '../vector-file.ts';

interface SeedCluster {
  readonly id: string;
  readonly name: string;
  readonly external_id: string;
  readonly state: string;
  readonly product: object;
  readonly hypershift: object;
}

interface SeedMirror {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly mirrors: readonly string[];
}

interface Scenario {
  readonly mirrors?: Readonly<Record<string, readonly SeedMirror[]>>;
  readonly extraReady?: readonly string[];
  readonly steps: readonly Step[];
}

interface Step {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly auth: boolean | string;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly rawBody?: string;
  };
  readonly expect: Expectation;
}

interface Expectation {
  readonly status: number | readonly number[];
  readonly bodyContains?: unknown;
  readonly bodyMatches?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly emptyBody?: boolean;
  readonly save?: string | readonly string[] | Readonly<Record<string, string>>;
}

/** The OCM API over TLS, on HostedClusters that stand for the inventory of the file. */
export const ocmRest: Area = {
  '': async (_: unknown, __: unknown, { record, file }: VectorCase) => {
    const scenario = record as unknown as Scenario;
    const server = await startOcmServer();
    const saved = new Map<string, string>();
    try {
      const { clusters } = file['seed'] as { readonly clusters: readonly SeedCluster[] };
      for (const cluster of clusters) await seed(server, cluster, scenario);
      for (const [at, step] of scenario.steps.entries()) {
        const fault = await faultOf(server, step, saved);
        if (fault !== undefined) throw new Error(`step ${at + 1}: ${fault}`);
      }
    } finally {
      await server.close();
    }
  },
};

async function seed(server: TestOcmServer, cluster: SeedCluster, { mirrors = {}, extraReady = [] }: Scenario) {
  const { id, name, state, external_id, product, hypershift } = cluster;
  const own = mirrors[id] ?? [];
  await server.createCluster({
    id,
    name,
    ready: state === 'ready' || extraReady.includes(id),
    annotations: {
      [annotations.cluster]: JSON.stringify({ external_id, product, hypershift }),
      [annotations.imageMirrors]: JSON.stringify(own),
    },
    imageContentSources: own.map(({ source, mirrors: targets }) => ({ source, mirrors: targets })),
  });
}

async function faultOf(server: TestOcmServer, step: Step, saved: Map<string, string>): Promise<string | undefined> {
  const { method, path, auth, query = {}, body, rawBody } = step.request;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => saved.get(name) ?? name);
  const authorization = auth === true ? `Bearer ${server.token}` : auth === false ? undefined : auth;
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await askOverTls(server, { method, path: filled, query, authorization, text });
  for (const [name, member] of savedMembers(step.expect.save)) saved.set(name, savedValue(answer, name, member));
  return answerFault(step.expect, answer);
}

// `save` names members, or maps names to members.
function savedMembers(save: Expectation['save']): readonly (readonly [name: string, member: string])[] {
  if (typeof save === 'string') return [[save, save]];
  if (save === undefined || !Array.isArray(save)) return Object.entries(save ?? {});
  return save.map((name: string) => [name, name] as const);
}

function savedValue({ json }: HttpAnswer, name: string, member: string): string {
  return String(json[member] ?? json[name]);
}

function answerFault(expect: Expectation, { status, headers, text, json }: HttpAnswer): string | undefined {
  if (![expect.status].flat().includes(status)) return `status ${status}: ${text}`;
  if (expect.emptyBody && text !== '') return `a body: ${text}`;
  const difference =
    expect.bodyContains === undefined ? undefined : subsetDifference(expect.bodyContains, json, 'body');
  if (difference !== undefined) return difference;
  const member = mismatch(expect.bodyMatches, (name) => String(json[name]));
  return member ?? mismatch(expect.headers, (name) => String(headers[name.toLowerCase()]));
}

function mismatch(patterns: Readonly<Record<string, string>> = {}, read: (name: string) => string): string | undefined {
  const wrong = Object.entries(patterns).find(([name, pattern]) => !new RegExp(pattern).test(read(name)));
  return wrong && `${wrong[0]} is ${read(wrong[0])}, expected ${wrong[1]}`;
}
