import type { Clock } from '../time/clock.ts';
import { pause } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { readText } from '../transport/lines.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { InFlightLimit } from './in-flight-limit.ts';
import { KubeError } from './kube-error.ts';
import type { RequestMetrics } from './request-metrics.ts';
import { delayBeforeRetry, isOverload } from './retry.ts';
import { errorOfAnswer } from './status.ts';
import { parseWarnings } from './warnings.ts';

/** One call of the API, before it is a request. */
export interface Call {
  /** As in RBAC: get, list, watch, create, update, patch, delete, deletecollection. */
  readonly verb: string;
  /** With the subresource, like `pods/eviction`. */
  readonly resource: string;
  readonly method: TransportRequest['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly contentType?: string | undefined;
  readonly body?: unknown;
  /** Form of the answer; JSON unless set. */
  readonly accept?: string | undefined;
}

/** How long a call may take. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for everything: waiting for a turn, all attempts, the body. */
  readonly deadlineMs?: number | undefined;
  /** Requests again when the server asks for it (Retry-After) or, of reads, when there was no answer. On unless set. */
  readonly retry?: boolean | undefined;
}

/** A warning that came with an answer. */
export interface KubeWarning {
  readonly text: string;
  readonly verb: string;
  readonly resource: string;
}

export interface SenderOptions {
  readonly transport: Transport;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limit: InFlightLimit;
  readonly metrics: RequestMetrics;
  readonly onWarning: (warning: KubeWarning) => void;
  readonly deadlineMs: number;
  /** The longest silence of an attempt. */
  readonly attemptMs: number;
  readonly maxBodyBytes: number;
}

/** Turns calls into requests: one deadline over all attempts, a bound on those in flight, retries, warnings, typed errors. */
export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** The whole answer as text. Rejects with a `KubeError`. */
  async text(call: Call, options: CallOptions = {}): Promise<string> {
    const deadlineMs = options.deadlineMs ?? this.#options.deadlineMs;
    const deadline = new Deadline(this.clock, deadlineMs, options.signal);
    const endsAt = this.clock.monotonic() + deadlineMs;
    try {
      return await this.#untilAnswered(call, deadline, endsAt, options.retry ?? true);
    } catch (error) {
      throw deadline.expired && isCancelled(error) ? late(call, deadlineMs, error) : error;
    } finally {
      deadline.end();
    }
  }

  /** The answer as JSON. */
  async json(call: Call, options: CallOptions = {}): Promise<unknown> {
    const text = await this.text(call, options);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new KubeError('kube-protocol', `the answer to ${describe(call)} is no JSON`, { cause });
    }
  }

  /** An answer whose body is read as it comes. No limit on its length in time, no place among the requests in flight. */
  async stream(call: Call, signal: AbortSignal): Promise<TransportResponse> {
    return this.#measured(call, async () => this.#exchange(call, signal));
  }

  async #untilAnswered(call: Call, deadline: Deadline, endsAt: number, retry: boolean): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(call, deadline.signal);
      } catch (error) {
        const delay = retry ? delayBeforeRetry(error, call.method, attempt, this.#options.random) : undefined;
        if (delay === undefined || this.clock.monotonic() + delay >= endsAt) throw error;
        await pause(this.clock, delay, deadline.signal);
      }
    }
  }

  async #attempt(call: Call, signal: AbortSignal): Promise<string> {
    const permit = await this.#options.limit.acquire(signal);
    const attempt = new Deadline(this.clock, this.#options.attemptMs, signal);
    let outcome: 'ok' | 'overloaded' | 'other' = 'other';
    try {
      const text = await this.#measured(call, async () => this.#whole(call, attempt));
      outcome = 'ok';
      return text;
    } catch (error) {
      if (isOverload(error)) outcome = 'overloaded';
      throw attempt.expired && isCancelled(error) ? late(call, this.#options.attemptMs, error) : error;
    } finally {
      attempt.end();
      permit.release(outcome);
    }
  }

  async #whole(call: Call, attempt: Deadline): Promise<string> {
    const response = await this.#exchange(call, attempt.signal);
    return readText(response.body, this.#options.maxBodyBytes, () => attempt.touch());
  }

  async #exchange(call: Call, signal: AbortSignal): Promise<TransportResponse> {
    const response = await this.#options.transport.send(this.#requestOf(call, signal));
    const { verb, resource } = call;
    for (const text of parseWarnings(response.headers.get('warning')))
      this.#options.onWarning({ text, verb, resource });
    if (response.status < 400) return response;
    const body = await readText(response.body, this.#options.maxBodyBytes);
    throw errorOfAnswer(response.status, response.headers, body, this.clock.now());
  }

  #requestOf({ method, path, query = {}, contentType, body, accept }: Call, signal: AbortSignal): TransportRequest {
    return {
      method,
      path: withQuery(path, query),
      headers: {
        accept: accept ?? 'application/json',
        'user-agent': this.#options.userAgent,
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      },
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }

  async #measured<T>({ verb, resource }: Call, work: () => Promise<T>): Promise<T> {
    const start = this.clock.monotonic();
    let code = '200';
    try {
      return await work();
    } catch (error) {
      code = error instanceof KubeError ? String(error.status?.code ?? error.code) : 'error';
      throw error;
    } finally {
      this.#options.metrics.add(verb, resource, code, this.clock.monotonic() - start);
    }
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof KubeError && error.code === 'kube-cancelled';
}

function late(call: Call, ms: number, cause: unknown): KubeError {
  return new KubeError('kube-timeout', `${describe(call)} got no answer within ${ms} ms`, { cause });
}

function describe({ verb, path }: Call): string {
  return `${verb} ${path}`;
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
