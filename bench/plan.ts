import type { LocatedObject } from '@pullpath/api';
import { type ImageUse, type PlannedPool, planChange, renderScope } from '@pullpath/pull-config';
import { type Bench, median, timed } from './bench.ts';
import { mirrorSetText, objectsOf, referencesInto } from './manifests.ts';

const entries = 1000;
const images = 5000;

/** A change of every mirror under running images: rules, files, actions and pulls. */
export const plan: Bench = {
  name: 'plan',
  async run() {
    const [before, after] = [mirrorSetText(entries), mirrorSetText(entries, 'other.example.com')].map(objectsOf);
    if (before === undefined || after === undefined) throw new Error('both sides are given');
    const uses = referencesInto(entries, images).map((image): ImageUse => ({ image, count: 1 }));
    const pools = [poolOf(before, after)];
    const whole = timed(() => planChange({ pools: [poolOf(before, after)], images: uses }), 15);
    const changeOnly = timed(() => planChange({ pools, images: uses }), 15);
    return [
      {
        what: `plan ${entries.toLocaleString('en')} changed sources under ${images.toLocaleString('en')} images`,
        value: median(changeOnly),
        unit: 'ms',
        goal: { of: 'value', at: 'most', limit: 150 },
      },
      {
        what: '  the same with compiling both sides',
        value: median(whole),
        unit: 'ms',
        goal: { of: 'value', at: 'most', limit: 150 },
      },
    ];
  },
};

function poolOf(before: readonly LocatedObject[], after: readonly LocatedObject[]): PlannedPool {
  const [old, now] = [renderScope(before, { pool: 'worker' }), renderScope(after, { pool: 'worker' })];
  return {
    name: 'worker',
    before: { rules: old.rules, files: old.tree, registriesConf: old.registriesConf },
    after: { rules: now.rules, files: now.tree, registriesConf: now.registriesConf },
  };
}
