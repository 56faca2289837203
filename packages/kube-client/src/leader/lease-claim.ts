import type { KubeClient } from '../client/kube-client.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../client/kube-error.ts';
import { type Lease, leases } from '../objects/builtin.ts';
import { microTime } from '../objects/conditions.ts';
import type { Clock } from '../time/clock.ts';

export interface LeaseClaimOptions {
  /** With a connection of its own, so that no other traffic delays a renewal. */
  readonly client: KubeClient;
  readonly namespace: string;
  readonly name: string;
  /** Unlike that of every other candidate, also of the next process on this machine. */
  readonly identity: string;
  readonly leaseDurationMs: number;
  readonly clock: Clock;
}

/**
 * The claim of one candidate on a Lease (client-go `leaderelection`). Whether another holder is still there is judged by how
 * long its record has not changed here, never by the times in the record: clocks of machines differ and jump.
 */
export class LeaseClaim {
  readonly #options: LeaseClaimOptions;
  #lease: Lease | undefined;
  #changedAt = Number.NEGATIVE_INFINITY;

  constructor(options: LeaseClaimOptions) {
    this.#options = options;
  }

  /** Whether another held the lease when it was last seen. */
  get isOthers(): boolean {
    return this.#holder !== '' && !this.#isOwn;
  }

  /** Takes or renews the lease. False when another has it, or was faster. Rejects with a `KubeError` without an answer. */
  async attempt(deadlineMs: number, signal: AbortSignal): Promise<boolean> {
    const options = { deadlineMs, signal, retry: false };
    if (this.#lease && this.#isOwn && (await this.#write(this.#lease, options))) return true;
    const lease = await this.#read(options);
    if (!lease) return this.#create(options);
    this.#observe(lease);
    if (this.#isHeldByOther(lease)) return false;
    return this.#write(lease, options);
  }

  /** Gives the lease up at once, for the next candidate. Does nothing when another has it. */
  async release(deadlineMs: number): Promise<void> {
    const options = { deadlineMs, retry: false };
    if (this.#isOwn && !(await this.#giveUp(options))) {
      // A renewal may have been carried out without its answer being heard.
      this.#lease = await this.#read(options);
      if (this.#isOwn) await this.#giveUp(options);
    }
    this.#lease = undefined;
  }

  async #giveUp(options: CallLimits): Promise<boolean> {
    const spec = { holderIdentity: '', leaseDurationSeconds: 1, renewTime: this.#timestamp() };
    const lease = this.#lease as Lease;
    return this.#taken(async () =>
      this.#options.client.update(leases, { ...lease, spec: { ...lease.spec, ...spec } }, options),
    );
  }

  get #isOwn(): boolean {
    return this.#holder === this.#options.identity;
  }

  get #holder(): string {
    return this.#lease?.spec?.holderIdentity ?? '';
  }

  async #read(options: CallLimits): Promise<Lease | undefined> {
    const { client, namespace, name } = this.#options;
    try {
      return await client.get(leases, { namespace, name }, options);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async #create(options: CallLimits): Promise<boolean> {
    const { client, namespace, name } = this.#options;
    const object: Lease = { metadata: { namespace, name }, spec: this.#spec(undefined) };
    return this.#taken(async () => client.create(leases, object, options));
  }

  // The resourceVersion in `lease` makes this fail when anyone wrote in between.
  async #write(lease: Lease, options: CallLimits): Promise<boolean> {
    const object: Lease = { ...lease, spec: this.#spec(lease) };
    return this.#taken(async () => this.#options.client.update(leases, object, options));
  }

  /** False when someone was faster. */
  async #taken(write: () => Promise<Lease>): Promise<boolean> {
    try {
      this.#observe(await write());
      return true;
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error) || isNotFound(error)) return false;
      throw error;
    }
  }

  #spec(before: Lease | undefined): Lease['spec'] {
    const { identity, leaseDurationMs } = this.#options;
    const now = this.#timestamp();
    const own = before?.spec?.holderIdentity === identity;
    const transitions = before?.spec?.leaseTransitions ?? 0;
    return {
      ...before?.spec,
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(leaseDurationMs / 1000),
      acquireTime: (own ? before.spec?.acquireTime : undefined) ?? now,
      renewTime: now,
      leaseTransitions: own || !before ? transitions : transitions + 1,
    };
  }

  #observe(lease: Lease): void {
    if (recordOf(lease) !== recordOf(this.#lease)) this.#changedAt = this.#options.clock.monotonic();
    this.#lease = lease;
  }

  #isHeldByOther({ spec = {} }: Lease): boolean {
    const { holderIdentity: holder = '', leaseDurationSeconds: seconds = 0 } = spec;
    if (holder === '' || holder === this.#options.identity) return false;
    const duration = seconds > 0 ? seconds * 1000 : this.#options.leaseDurationMs;
    return this.#changedAt + duration > this.#options.clock.monotonic();
  }

  #timestamp(): string {
    return microTime(this.#options.clock.now());
  }
}

interface CallLimits {
  readonly deadlineMs: number;
  readonly retry: boolean;
  readonly signal?: AbortSignal | undefined;
}

function recordOf(lease: Lease | undefined): string | undefined {
  return lease && JSON.stringify([lease.metadata.uid, lease.metadata.resourceVersion, lease.spec]);
}
