import { compareResourceVersions, KubeError, type KubeObject } from '@pullpath/kube-client';
import { type AgentView, annotationPatch, type Report, viewOf } from '../steps/annotations.ts';
import type { AgentApi } from './agent-api.ts';

/** One Node as its agent sees it, and how the agent speaks through it. */
export class NodeLink {
  readonly name: string;
  readonly #api: AgentApi;
  readonly #report: (error: unknown, doing: string) => void;
  #node: KubeObject | undefined;

  constructor(api: AgentApi, name: string, report: (error: unknown, doing: string) => void) {
    this.#api = api;
    this.name = name;
    this.#report = report;
  }

  /** Whether the Node has been seen. */
  get isKnown(): boolean {
    return this.#node !== undefined;
  }

  /** What it says; nothing before it has been seen. */
  get view(): AgentView {
    return viewOf(this.#node ?? { metadata: {} });
  }

  /** Keeps up with the Node, and calls the handler after each change. Gives what ends that. */
  follow(handler: () => void): () => void {
    return this.#api.onNode(this.name, (node) => {
      this.#see(node);
      handler();
    });
  }

  /** Has the Node say something, unless it does. */
  async say(report: Report): Promise<void> {
    const patch = this.#node && annotationPatch(this.view, report);
    if (patch) this.#see(await this.#api.annotate(this.name, patch));
  }

  /** Says what people like to know; the work does not wait for an API that is away. */
  async mention(report: Report): Promise<void> {
    try {
      await this.say(report);
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      this.#report(error, `node ${this.name}`);
    }
  }

  /** Writes an event beside the work. */
  tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    if (this.#node) this.#api.event(this.#node, { type, reason, message });
  }

  // The answer to a patch may be newer than what the watch has told so far.
  #see(node: KubeObject | undefined): void {
    const [before, now] = [this.#node?.metadata, node?.metadata];
    const order = compareResourceVersions(now?.resourceVersion ?? '', before?.resourceVersion ?? '');
    if (now?.uid !== before?.uid || order === undefined || order > 0) this.#node = node;
  }
}
