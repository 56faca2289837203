import type { KubeAnswer, KubeApi, KubeRequest } from '@pullpath/testkit';
import type { Script, Step } from './script.ts';

/** What came back for one step; a watch has the lines of its stream as body. */
export interface Exchange {
  readonly step: Step;
  readonly title: string;
  readonly answer: KubeAnswer;
}

/** Runs a script against one server, from its namespace's creation on. Never judges. */
export async function runScript(
  api: KubeApi,
  { topic, steps }: Script,
  patience = 20_000,
): Promise<readonly Exchange[]> {
  const run: Run = { api, variables: new Map([['ns', topic]]), exchanges: [], patience };
  const namespace = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: topic } });
  await api.request({ method: 'POST', path: '/api/v1/namespaces', headers: jsonBody, body: namespace });
  await runSteps(run, steps);
  return run.exchanges;
}

interface Run {
  readonly api: KubeApi;
  readonly variables: Map<string, string>;
  readonly exchanges: Exchange[];
  /** Milliseconds to wait for what controllers do. */
  readonly patience: number;
}

const jsonBody = { 'content-type': 'application/json' };
const quiet = 700;
const surplus = 150;

async function runSteps(run: Run, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await (step.watch ? runWatch(run, step) : runRequest(run, step));
}

async function runRequest(run: Run, step: Step): Promise<void> {
  const request = requestOf(run, step);
  const deadline = Date.now() + run.patience;
  let answer = await answerOf(run, request);
  while (step.until && !step.until(answer.status, parsed(answer.body), answer.headers) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    answer = await answerOf(run, request);
  }
  remember(run, step, request, answer);
}

// A dropped connection is how the real server answers when a handler panics: it is an answer to compare.
async function answerOf({ api }: Run, request: KubeRequest): Promise<KubeAnswer> {
  try {
    return await api.request(request);
  } catch (error) {
    return { status: 0, headers: {}, body: String(error) };
  }
}

async function runWatch(run: Run, step: Step): Promise<void> {
  const { count, during } = step.watch as NonNullable<Step['watch']>;
  const request = requestOf(run, step);
  const stream = await run.api.stream(request);
  await runSteps(run, during);
  const expected = await stream.lines(count, quiet);
  const lines = [...expected, ...(await stream.lines(1, surplus))];
  stream.close();
  remember(run, step, request, { status: stream.status, headers: stream.headers, body: lines.join('\n') });
}

function requestOf({ variables }: Run, { method, path, headers, body }: Step): KubeRequest {
  const fill = (text: string): string => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => variables.get(name) ?? '');
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)]);
  return {
    method,
    path: fill(path),
    headers: { 'user-agent': 'differential/1.0', accept: 'application/json', ...Object.fromEntries(filled) },
    body: body === undefined ? undefined : fill(body),
  };
}

function remember({ variables, exchanges }: Run, step: Step, request: KubeRequest, answer: KubeAnswer): void {
  for (const [name, place] of Object.entries(step.save)) {
    const value = valueIn(parsed(answer.body), place);
    variables.set(name, typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  }
  exchanges.push({ step, title: `${exchanges.length + 1} ${request.method} ${request.path}`, answer });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not every answer is JSON.
    return undefined;
  }
}

function valueIn(value: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
