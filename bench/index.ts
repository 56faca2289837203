import type { Bench } from './bench.ts';
import { compile } from './compile.ts';
import { handshake } from './handshake.ts';
import { load } from './load.ts';
import { nodes } from './nodes.ts';
import { plan } from './plan.ts';
import { processes } from './processes.ts';
import { resolve } from './resolve.ts';

/** Every measurement, in the order in which they run. */
export const benches: readonly Bench[] = [compile, load, resolve, plan, processes, handshake, nodes];
