import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CodedError } from '@pullpath/diagnostics';

/** What SQLite finds wrong in the structure of a file. */
export function integrityFaults(db: DatabaseSync): string | undefined {
  const rows = db
    .prepare('PRAGMA integrity_check(3)')
    .all()
    .map((row) => String(Object.values(row)[0]));
  return rows[0] === 'ok' ? undefined : rows.join('; ');
}

/** The state cannot be trusted. Names the file, and the command that puts a backup in its place. */
export function damaged(file: string, text: string, cause?: unknown): CodedError {
  return new CodedError('store-damaged', `${file} is damaged: ${text}`, {
    hint: `put a backup in its place: pullpath restore FILE --data-dir ${dirname(file)}`,
    cause,
  });
}

/** What a failure to open a file is: `store-in-use`, `store-damaged`, `store-unusable`. */
export function openError(file: string, cause: unknown): CodedError {
  const text = String((cause as Error).message);
  if (/locked|busy/i.test(text)) {
    return new CodedError('store-in-use', `${file} is in use by another pullpath`, {
      hint: 'stop that process, or choose another --data-dir',
      cause,
    });
  }
  if (/malformed|not a database|corrupt|disk image|no such column|has no column/i.test(text))
    return damaged(file, text, cause);
  return new CodedError('store-unusable', `cannot open ${file}: ${text}`, {
    hint: 'check that the directory exists, is writable and has room',
    cause,
  });
}

/** What a failed commit is: `store-full` or `store-unwritable`. */
export function writeError(file: string, cause: unknown): CodedError {
  const text = String((cause as Error).message);
  const full = /full/i.test(text);
  return new CodedError(full ? 'store-full' : 'store-unwritable', `cannot write ${file}: ${text}`, {
    hint: full ? 'free some disk space; reads and watches go on' : 'check the disk; reads and watches go on',
    cause,
  });
}
