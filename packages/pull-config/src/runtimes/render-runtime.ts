import type { RegistriesConf, RegistryEntry } from '../model.ts';
import { prefixOf, prepareResolver } from '../pull/resolver.ts';
import { renderContainerd } from './containerd/render.ts';
import { diagnose } from './diagnostics.ts';
import { renderDocker } from './docker/render.ts';
import { byBytes, canMatch } from './host-plan.ts';
import { renderK3s } from './k3s/render.ts';
import type { ReportEntry, Runtime, RuntimeOptions, RuntimeOutput } from './model.ts';
import { mirrorRefusal } from './refused-mirrors.ts';
import type { RuntimeRenderer } from './renderer.ts';
import { renderTalos } from './talos/render.ts';

/** Every runtime beside those that read registries.conf. A new one is a line here and a renderer. */
const renderers: Readonly<Record<Runtime, RuntimeRenderer>> = {
  containerd: renderContainerd,
  k3s: renderK3s,
  rke2: renderK3s,
  docker: renderDocker,
  talos: renderTalos,
};

/**
 * The files with which another runtime comes closest to a registries.conf, and a report of what it keeps: a line per source
 * and mirror. Where a runtime can forbid a source only together with others it forbids all of them, where it cannot
 * forbid it at all a warning says so; nothing is lost silently.
 */
export function renderRuntime(runtime: Runtime, conf: RegistriesConf, options: RuntimeOptions = {}): RuntimeOutput {
  const resolver = prepareResolver(conf);
  const { files, report } = renderers[runtime]({ runtime, resolver, options, refusal: mirrorRefusal(resolver) });
  const whole = [...report, ...unreachable([...resolver.plain.values()])];
  return {
    files: files.toSorted((a, b) => byBytes(a.path, b.path)),
    report: whole,
    diagnostics: diagnose(whole, runtime),
  };
}

/** Tables that no pull reaches on any runtime. */
function unreachable(entries: readonly RegistryEntry[]): ReportEntry[] {
  return entries
    .filter((entry) => !canMatch(entry))
    .flatMap((entry) => (entry.mirrors.length > 0 ? entry.mirrors : [undefined]).map((mirror) => ({ entry, mirror })))
    .map(({ entry, mirror }) => ({
      source: prefixOf(entry),
      mirror: mirror?.location ?? null,
      kind: mirror ? 'mirror' : entry.blocked ? 'blocked' : 'insecure',
      verdict: 'dropped',
      why: 'no pull is looked up under this name: references are completed first and carry no tag there',
      origin: mirror?.origins[0] ?? entry.origins[0],
    }));
}
