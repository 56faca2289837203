import { apiserver } from './apiserver.ts';
import type { Bench } from './bench.ts';
import { compile } from './compile.ts';
import { fanOut } from './fan-out.ts';
import { handshake } from './handshake.ts';
import { load } from './load.ts';
import { nodes } from './nodes.ts';
import { ocmApi } from './ocm-api.ts';
import { plan } from './plan.ts';
import { processes } from './processes.ts';
import { resolve } from './resolve.ts';
import { rollout } from './rollout.ts';
import { terraformFleet } from './terraform-fleet.ts';

/** Every measurement, in the order in which they run. */
export const benches: readonly Bench[] = [
  compile,
  load,
  resolve,
  plan,
  processes,
  handshake,
  nodes,
  rollout,
  fanOut,
  ocmApi,
  terraformFleet,
  apiserver,
];
