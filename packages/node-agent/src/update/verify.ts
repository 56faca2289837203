import { CodedError } from '@pullpath/diagnostics';
import type { NodeRuntime } from '../config/effective-files.ts';
import { asText } from '../config/node-file.ts';
import { readFile } from '../root/files.ts';
import type { Update } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { isInPlace } from './change-files.ts';
import { effectiveFaults } from './effective-faults.ts';
import { foreignDropIns } from './plan-update.ts';

/**
 * Reads what lies on the node now: every file has the bytes and mode that it should have, and the runtime can use them.
 * Throws `node-not-effective` with the reason.
 */
export function verifyNode(root: NodeRoot, runtime: NodeRuntime, { config, files }: Update): void {
  const wrong = files.filter((record) => !isInPlace(root, record)).map(({ path }) => `${path} is not as written`);
  const lying = files.flatMap(({ path }) => readFile(root, path) ?? []);
  const faults = effectiveFaults([...lying, ...foreignDropIns(root, lying)].map(asText), runtime);
  const [reason, ...more] = [...wrong, ...faults];
  if (reason === undefined) return;
  throw new CodedError('node-not-effective', `${config} is not effective: ${[reason, ...more].join('; ')}`);
}
