import { findKind, type LocatedObject, loadManifests, validateObject } from '@pullpath/api';
import { hasErrors, renderers } from '@pullpath/diagnostics';
import {
  faultsOfStored,
  lintObjects,
  listScopes,
  loadRegistriesConf,
  nodePullContext,
  type RenderedScope,
  renderRuntime,
  renderScope,
} from '@pullpath/pull-config';
import { manifestsText } from '../manifests.ts';
import { mutated } from '../mutate.ts';
import { nameTokens } from '../names.ts';
import { expectThat, type FuzzTarget } from '../target.ts';
import { yamlTokens } from './yaml-tokens.ts';

/** The whole way from manifests to files: linted, rendered for every scope and runtime, and loaded again. */
export const rules: FuzzTarget = {
  name: 'rules',
  generate: (random) => mutated(random, manifestsText(random), [...yamlTokens, ...nameTokens]),
  check(input) {
    const { objects, diagnostics } = loadManifests([{ file: 'input.yaml', text: input }]);
    const found = [...diagnostics, ...objects.flatMap((object) => validateObject(object))];
    const problems = lintObjects(objects, found);
    const sources = new Map([['input.yaml', input]]);
    for (const render of Object.values(renderers)) render(problems, { sources, color: false });
    const sound = hasErrors(faultsOfStored(found)) || !objects.every(isKnown) ? undefined : objects;
    for (const scope of listScopes(objects)) usable(renderScope(objects, scope), sound !== undefined);
  },
};

function isKnown({ object }: LocatedObject): boolean {
  return findKind(object.apiVersion, object.kind) !== undefined;
}

/** `sound` tells that the schemas found nothing; what they refuse is never rendered by a command. */
function usable(rendered: RenderedScope, sound: boolean): void {
  expectThat(hasErrors(rendered.diagnostics) === (rendered.config === undefined), 'rules are refused for a reason');
  if (!rendered.config) return;
  const conf = rendered.tree.find(({ path }) => path === '/etc/containers/registries.conf');
  const { diagnostics } = loadRegistriesConf(conf && { file: conf.path, text: conf.contents }, []);
  const told = rendered.diagnostics.some(({ code }) => code === 'registries-conf-unusable');
  expectThat(!sound || told || !hasErrors(diagnostics), `what is rendered loads: ${diagnostics[0]?.message}`);
  nodePullContext(rendered.tree).route('quay.io/ns/app:v1');
  for (const runtime of ['containerd', 'k3s', 'docker', 'talos'] as const) runtimeFiles(rendered, runtime);
}

function runtimeFiles(rendered: RenderedScope, runtime: 'containerd' | 'k3s' | 'docker' | 'talos'): void {
  const { files } = renderRuntime(runtime, rendered.registriesConf);
  expectThat(
    files.every(({ path }) => path.startsWith('/')),
    'paths on a node are absolute',
  );
}
