import type { KubeAnswer } from '@pullpath/testkit';

/** One request of a script, or a watch with what happens meanwhile. Paths, headers and bodies may hold `{{name}}`. */
export interface Step {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** What later steps take from this answer: a variable's name, and where it stands in the body (`metadata.uid`). */
  readonly save: Readonly<Record<string, string>>;
  /** The part of the body that is compared; all of it where absent. For documents that list every kind a server has. */
  readonly select?: ((body: any) => unknown) | undefined;
  /** The request is repeated until this holds: for what controllers do. */
  readonly until?: ((status: number, body: any, headers: KubeAnswer['headers']) => boolean) | undefined;
  /** Reads lines until there are as many, while the steps run. */
  readonly watch?: { readonly count: number; readonly during: readonly Step[] } | undefined;
  /** The key of a line in docs/api-differences.md: the two answers differ, and why. */
  readonly difference?: string | undefined;
}

export type StepOptions = Partial<Omit<Step, 'method' | 'path' | 'body' | 'watch'>> & {
  /** Impersonated. */
  readonly as?: string;
  readonly groups?: string;
};

/** Requests about one topic. It has the namespace `{{ns}}`, named like the topic, to itself. */
export interface Script {
  readonly topic: string;
  readonly steps: readonly Step[];
}

export function get(path: string, options: StepOptions = {}): Step {
  return step('GET', path, undefined, undefined, options);
}

export function post(path: string, body: unknown, options: StepOptions = {}): Step {
  return step('POST', path, body, 'application/json', options);
}

export function put(path: string, body: unknown, options: StepOptions = {}): Step {
  return step('PUT', path, body, 'application/json', options);
}

export function del(path: string, body?: unknown, options: StepOptions = {}): Step {
  return step('DELETE', path, body, body === undefined ? undefined : 'application/json', options);
}

export function mergePatch(path: string, body: unknown, options: StepOptions = {}): Step {
  return step('PATCH', path, body, 'application/merge-patch+json', options);
}

export function jsonPatch(path: string, body: unknown, options: StepOptions = {}): Step {
  return step('PATCH', path, body, 'application/json-patch+json', options);
}

export function strategicPatch(path: string, body: unknown, options: StepOptions = {}): Step {
  return step('PATCH', path, body, 'application/strategic-merge-patch+json', options);
}

/** Server-side apply; the path carries `fieldManager` and `force`. */
export function apply(path: string, body: unknown, options: StepOptions = {}): Step {
  return step('PATCH', path, body, 'application/apply-patch+yaml', options);
}

/** Any method with a body of any type; `type` empty sends none. */
export function send(method: string, path: string, body: string, type: string, options: StepOptions = {}): Step {
  return step(method, path, body, type === '' ? undefined : type, options);
}

/** A watch that ends with `count` lines, or when no more come. */
export function watch(path: string, count: number, during: readonly Step[] = [], options: StepOptions = {}): Step {
  return { ...get(path, options), watch: { count, during } };
}

/** How many requests a script sends. */
export function countRequests(steps: readonly Step[]): number {
  return steps.reduce((sum, { watch: watched }) => sum + 1 + countRequests(watched?.during ?? []), 0);
}

function step(
  method: string,
  path: string,
  body: unknown,
  type: string | undefined,
  { as, groups, headers = {}, save = {}, select, until, difference }: StepOptions,
): Step {
  const all = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(as === undefined ? {} : { 'impersonate-user': as }),
    ...(groups === undefined ? {} : { 'impersonate-group': groups }),
    ...headers,
  };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return { method, path, headers: all, body: text, save, select, until, difference };
}
