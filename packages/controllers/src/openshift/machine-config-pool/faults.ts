import type { Diagnostic } from '@pullpath/diagnostics';
import type { RenderedScope } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';

const longestMessage = 8_000;

/** What keeps a pool from getting what its rules say, for a condition; empty when nothing does. */
export function faultText({ diagnostics }: RenderedScope): string {
  const errors = diagnostics.filter(isError).map((it) => `${it.object ? `${it.object}: ` : ''}${it.message}`);
  return [...new Set(errors)].sort().join('; ').slice(0, longestMessage);
}

/** Warning Events on the objects whose faults keep rules from nodes: upstream tells those to its log alone. Each fault once. */
export class FaultEvents {
  readonly #management: ApiCluster;
  readonly #find: (kind: string, name: string, namespace: string | undefined) => LiveObject | undefined;
  readonly #told = new Map<string, ReadonlySet<string>>();

  constructor(
    management: ApiCluster,
    find: (kind: string, name: string, namespace: string | undefined) => LiveObject | undefined,
  ) {
    this.#management = management;
    this.#find = find;
  }

  /**
   * Tells what was not told yet, of this pool or of another one; what is no longer wrong may be told again when it comes back.
   * What the pool's condition says already, a process before this one has told.
   */
  tell(pool: string, rendered: RenderedScope, condition: string): void {
    const faults = rendered.diagnostics.filter(isError);
    const isKnown = condition !== '' && condition === faultText(rendered);
    const told = new Set([...this.#told.values()].flatMap((keys) => [...keys]));
    if (!isKnown) for (const fault of faults) if (!told.has(keyOf(fault))) this.#record(fault);
    this.#told.set(pool, new Set(faults.map(keyOf)));
  }

  #record({ object = '', code, path, message }: Diagnostic): void {
    const [kind = '', ...names] = object.split('/');
    const found = this.#find(kind, names.at(-1) ?? '', names.length > 1 ? names[0] : undefined);
    if (!found) return;
    const place = path ? `${path}: ` : '';
    const text = `${place}${message}; nothing is rendered, nodes keep what they have`;
    this.#management.event(found, { type: 'Warning', reason: reasonOf(code), message: text });
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function keyOf({ object = '', path = '', code, message }: Diagnostic): string {
  return JSON.stringify([object, path, code, message]);
}

// Reasons of Kubernetes are words in CamelCase.
function reasonOf(code: string): string {
  return code.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
