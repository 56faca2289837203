import { Controller, objectKey, setCondition, splitKey } from '@pullpath/kube-client';
import { isHostedMirrorRecord } from '@pullpath/pull-config';
import type { ControllerContext, ControllerDefinition } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { type OwnedObjects, ownedObjects } from '../../manager/owned-objects.ts';
import type { Watched } from '../../manager/watched.ts';
import { poolRules } from '../pool-rules.ts';
import { clusterImagePolicies, containerRuntimeConfigs, imagePolicies, machineConfigPools } from '../resources.ts';
import { containerRuntimeCondition, imagePolicyCondition, type Verdicts } from './conditions.ts';

/** What became of a ContainerRuntimeConfig or an image policy, in its status. Other rules have no conditions: they get Events. */
export const ruleStatus: ControllerDefinition = {
  name: 'rule-status',
  description: 'tells in the status of ContainerRuntimeConfigs and image policies what became of them',
  setup: (context) => {
    const { management, report, clock } = context;
    const rules = poolRules(management);
    const every = (): readonly string[] => kinds.flatMap((watched) => keysOf(context, watched));
    return new Controller({
      sources: [management.watch(machineConfigPools).keys(every), ...rules.sources(every)],
      reconcile: async (key) => reconcile(context, key),
      report,
      clock,
      workers: 1,
    });
  },
};

const kinds = [containerRuntimeConfigs, clusterImagePolicies, imagePolicies];

/** `<plural>.<namespace>/<name>`: keys of several kinds in one queue. */
function keysOf({ management }: ControllerContext, watched: Watched): readonly string[] {
  return management
    .watch(watched)
    .store.list()
    .filter((object) => !isHostedMirrorRecord(located(object).object))
    .map(({ metadata: { namespace = '', name } }) => objectKey(name, `${watched.resource.plural}.${namespace}`));
}

async function reconcile({ management, clock }: ControllerContext, key: string): Promise<void> {
  const { namespace: place = '', name } = splitKey(key);
  const [plural, namespace = ''] = place.split('.');
  const watched = kinds.find(({ resource }) => resource.plural === plural);
  if (!watched) return;
  const objects = ownedObjects(management, watched);
  const object = objects.get(namespace === '' ? name : objectKey(name, namespace));
  if (!object) return;
  const pools = management.watch(machineConfigPools).store.keys().sort();
  const verdicts = pools.map((pool) => poolRules(management).render(pool));
  await (watched === containerRuntimeConfigs ? tellConfig : tellPolicy)(objects, object, verdicts, clock.now());
}

async function tellConfig(objects: OwnedObjects, object: LiveObject, verdicts: Verdicts, now: number): Promise<void> {
  const found = containerRuntimeCondition(object, verdicts);
  const before = conditionsOf(object).filter(({ type }) => type === found.type);
  await objects.patchStatus(object, {
    observedGeneration: object.metadata['generation'],
    conditions: setCondition(before, found, now),
  });
}

// The list of a policy may not be empty.
async function tellPolicy(objects: OwnedObjects, object: LiveObject, verdicts: Verdicts, now: number): Promise<void> {
  const found = imagePolicyCondition(object, verdicts);
  const others = conditionsOf(object).filter(({ type }) => type !== 'Pending');
  const conditions = found ? setCondition(conditionsOf(object), found, now) : others;
  await objects.patchStatus(object, { conditions: conditions.length === 0 ? null : conditions });
}

type Conditions = Parameters<typeof setCondition>[0];

function conditionsOf({ status }: LiveObject): Conditions {
  return (status as { readonly conditions?: Conditions } | undefined)?.conditions ?? [];
}
