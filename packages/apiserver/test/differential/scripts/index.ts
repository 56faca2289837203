import type { Script } from '../script.ts';
import { applies } from './apply.ts';
import { builtins } from './builtins.ts';
import { crud } from './crud.ts';
import { customResources } from './custom-resources.ts';
import { definitions } from './definitions.ts';
import { deletion } from './deletion.ts';
import { discovery } from './discovery.ts';
import { dryRun } from './dry-run.ts';
import { eviction } from './eviction.ts';
import { lists } from './lists.ts';
import { namespaces } from './namespaces.ts';
import { negotiation } from './negotiation.ts';
import { patches } from './patches.ts';
import { policies } from './policies.ts';
import { rbac } from './rbac.ts';
import { selectors } from './selectors.ts';
import { tables } from './tables.ts';
import { watches } from './watches.ts';

/** Every topic. A new one is a file in this folder and a line here. */
export const scripts: readonly Script[] = [
  discovery,
  negotiation,
  crud,
  patches,
  applies,
  lists,
  selectors,
  watches,
  tables,
  deletion,
  dryRun,
  customResources,
  definitions,
  builtins,
  namespaces,
  rbac,
  eviction,
  policies,
];
