import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiResponse } from '../http/exchange.ts';
import type { Store } from '../store/store.ts';

/** Where a running server gives a consistent copy of its store to whoever may `get` this path. */
export const backupPath = '/backup';

/** The copy as the body of a response; its file is gone once it is read. */
export function backupAnswer(store: Store): ApiResponse {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-backup-'));
  const file = join(directory, 'state.db');
  store.backup(file);
  const body = createReadStream(file).once('close', () => rmSync(directory, { recursive: true, force: true }));
  return { status: 200, headers: { 'content-type': 'application/vnd.sqlite3' }, body };
}
