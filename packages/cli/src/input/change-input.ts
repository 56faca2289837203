import type { KubeObject, LocatedObject } from '@pullpath/api';
import type { ChangeFlags } from '../commands/plan.ts';
import { loadLive } from './live-input.ts';
import { type LoadedInput, loadStored } from './load-objects.ts';

/** Both sides of a change. Without manifests of the state now, that is an API server's, and the change is applied to it. */
export async function changeInput(flags: ChangeFlags): Promise<{ before: LoadedInput; after: LoadedInput }> {
  const proposed = loadStored(flags.to);
  if (flags.from) return { before: loadStored(flags.from), after: proposed };
  const before = await loadLive(flags, 'manifests of the state now with --from');
  return { before, after: { ...proposed, objects: applied(before.objects, proposed.objects) } };
}

/** The live objects with the proposed ones in their places. What controllers wrote to a status stays: no manifest sets it. */
function applied(live: readonly LocatedObject[], proposed: readonly LocatedObject[]): LocatedObject[] {
  const known = new Map(live.map((located) => [identity(located.object), located]));
  for (const located of proposed) {
    const key = identity(located.object);
    known.set(key, withStatus(located, known.get(key)?.object));
  }
  return [...known.values()];
}

function withStatus(located: LocatedObject, live: KubeObject | undefined): LocatedObject {
  const status = live?.['status'];
  return status === undefined ? located : { ...located, object: { ...located.object, status } };
}

// Versions of a kind are one object to an API server.
function identity({ apiVersion, kind, metadata }: KubeObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return JSON.stringify([group, kind, metadata.namespace ?? '', metadata.name]);
}
