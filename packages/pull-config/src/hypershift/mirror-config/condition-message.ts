import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { HeldConfig } from './held-config.ts';
import type { MirrorConfig, MirrorConfigFault } from './parse-config-map.ts';

/** Most bytes of a condition's message that Kubernetes stores. */
const maxBytes = 32 * 1024;
/** Room for what is said after the faults. */
const reserve = 400;

/** Every fault of a refused ConfigMap, sorted, and which revision stays (hypershift 2.7). */
export function refusalMessage(
  { faults = [], diagnostics }: Pick<MirrorConfig, 'faults' | 'diagnostics'>,
  configMap: { readonly namespace: string; readonly name: string },
  held: HeldConfig | undefined,
): string {
  const place = `ConfigMap ${configMap.namespace}/${configMap.name}`;
  const placed = faults.map((fault) => `${place} ${faultText(fault)}`);
  const others = diagnostics.filter(isTelling).map((it) => `${place}: ${sentence(it)}`);
  return `${joinedFaults(faults.length > 0 ? placed : others)}; ${keeping(held, `${configMap.namespace}/${configMap.name}`)}`;
}

/** A warning with a hint may be the very reason, such as a key that belongs elsewhere. */
function isTelling({ severity, hint }: Diagnostic): boolean {
  return severity === 'error' || hint !== undefined;
}

/** What stays while another revision is refused. */
export function keeping(held: HeldConfig | undefined, refused: string): string {
  if (!held) return 'no revision has been accepted yet';
  const from = held.source === refused ? '' : ` of ConfigMap ${held.source}`;
  return `keeping revision ${held.resourceVersion}${from} (hash ${held.hash})`;
}

/** Faults as one text that a condition can hold. */
export function joinedFaults(texts: readonly string[]): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const text of [...new Set(texts)].sort()) {
    bytes += new TextEncoder().encode(text).length + 2;
    if (bytes > maxBytes - reserve) break;
    kept.push(text);
  }
  const more = new Set(texts).size - kept.length;
  return more > 0 ? `${kept.join('; ')}; and ${more} more` : kept.join('; ');
}

/** A fault of a field of an object, in words. */
export function fieldFault(diagnostic: Diagnostic, cluster: LocatedObject): string {
  const { name } = cluster.object.metadata;
  const own = diagnostic.object === undefined || diagnostic.object.endsWith(`/${name}`);
  const place = own ? diagnostic.path : `${diagnostic.object} ${diagnostic.path ?? ''}`.trim();
  return place === undefined ? sentence(diagnostic) : `${place}: ${sentence(diagnostic)}`;
}

function faultText({ key, document, of, diagnostic }: MirrorConfigFault): string {
  const { list, index, rest } = ruleOf(diagnostic.path ?? '');
  const source = index === undefined ? undefined : valueAt(of?.object, ['spec', list, index, 'source']);
  const parts = [
    `key ${key}`,
    ...(document === undefined ? [] : [`document ${document}`]),
    ...(index === undefined ? [] : [`rule ${index + 1}`]),
    ...(typeof source === 'string' ? [`(source ${JSON.stringify(source)})`] : []),
  ];
  return `${parts.join(' ')}: ${rest === '' ? '' : `${rest}: `}${sentence(diagnostic)}`;
}

/** `spec.imageTagMirrors[1].mirrors[0]` is item 1 of `imageTagMirrors`, and `mirrors[0]` in it. */
function ruleOf(path: string): { readonly list: string; readonly index?: number; readonly rest: string } {
  const open = path.indexOf('[');
  const close = path.indexOf(']');
  if (!path.startsWith('spec.image') || open < 0) return { list: '', rest: path.startsWith('data') ? '' : path };
  const rest = path.slice(close + 1);
  return {
    list: path.slice('spec.'.length, open),
    index: Number(path.slice(open + 1, close)),
    rest: rest.startsWith('.') ? rest.slice(1) : rest,
  };
}

function sentence({ message, expected, hint }: Diagnostic): string {
  const more = [expected === undefined ? '' : `expected ${expected}`, hint ?? ''].filter((text) => text !== '');
  return more.length === 0 ? message : `${message} (${more.join('; ')})`;
}
