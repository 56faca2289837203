import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { CodedError } from '@pullpath/diagnostics';
import type { CollectionName, EventType } from './record.ts';

/** One change as it goes to disk. `value` is absent only for deletions whose last state is not logged. */
export interface DurableChange {
  readonly revision: number;
  readonly collection: CollectionName;
  readonly key: string;
  readonly type: EventType;
  readonly value: Uint8Array;
  /** False for leases and events: their past is kept in memory only. */
  readonly logged: boolean;
}

export interface DurableRow {
  readonly collection: CollectionName;
  readonly key: string;
  readonly revision: number;
  readonly value: Uint8Array;
}

const schemaVersion = '1';
const operations: readonly EventType[] = ['ADDED', 'MODIFIED', 'DELETED'];

/**
 * The file behind a store: current state, and a bounded log of changes. One process at a time; `commit` returns when the
 * changes survive a power loss (WAL, `synchronous=FULL`).
 */
export class Database {
  readonly file: string;
  readonly #db: DatabaseSync;
  readonly #statements: Statements;

  private constructor(file: string, db: DatabaseSync) {
    this.file = file;
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** Opens or creates `state.db` in a directory. Throws `CodedError`: `store-in-use`, `store-damaged`, `store-unusable`. */
  static open(directory: string): Database {
    const file = join(directory, 'state.db');
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const fresh = !existsSync(file);
      const db = new DatabaseSync(file);
      if (fresh) chmodSync(file, 0o600);
      setUp(db, file);
      return new Database(file, db);
    } catch (cause) {
      throw cause instanceof CodedError ? cause : openError(file, cause);
    }
  }

  /** The highest revision that was ever given out. */
  get revision(): number {
    return Number((this.#statements.readMeta.get('revision') as { v: string } | undefined)?.v ?? 0);
  }

  meta(key: string): string | undefined {
    return (this.#statements.readMeta.get(key) as { v: string } | undefined)?.v;
  }

  setMeta(key: string, value: string): void {
    this.#statements.writeMeta.run(key, value);
  }

  *rows(): Generator<DurableRow> {
    for (const row of this.#statements.allObjects.iterate()) yield toRow(row as unknown as RawRow);
  }

  *log(): Generator<DurableRow & { readonly type: EventType }> {
    for (const row of this.#statements.allLog.iterate()) {
      const raw = row as unknown as RawRow & { op: number };
      yield { ...toRow(raw), type: operations[raw.op] ?? 'MODIFIED' };
    }
  }

  /** All or nothing. Throws `CodedError` `store-full` or `store-unwritable`; the state is then as before. */
  commit(changes: readonly DurableChange[], keepLogFrom: number): void {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const change of changes) this.#write(change);
      this.#statements.trimLog.run(keepLogFrom);
      this.#statements.writeMeta.run('revision', String(changes.at(-1)?.revision ?? this.revision));
      this.#db.exec('COMMIT');
    } catch (cause) {
      this.#rollback();
      throw writeError(this.file, cause);
    }
  }

  /** A consistent copy while the store is in use. */
  backup(target: string): void {
    this.#db.prepare('VACUUM INTO ?').run(target);
  }

  /** Moves the write-ahead log into the file, so that it does not grow while nobody reads it back. */
  checkpoint(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#db.close();
  }

  #write({ revision, collection, key, type, value, logged }: DurableChange): void {
    if (type === 'DELETED') this.#statements.deleteObject.run(collection, key);
    else this.#statements.writeObject.run(collection, key, revision, value);
    if (logged) this.#statements.writeLog.run(revision, collection, key, operations.indexOf(type), value);
  }

  // A failed COMMIT may have rolled back by itself already; then there is no transaction to end.
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }
}

/** What is wrong with a file as the state of a server, read only; undefined when nothing is. */
export function stateFault(file: string): string | undefined {
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      db.prepare("SELECT v FROM meta WHERE k = 'schema'").get();
      return integrityFaults(db);
    } finally {
      db.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

function integrityFaults(db: DatabaseSync): string | undefined {
  const rows = db
    .prepare('PRAGMA integrity_check(3)')
    .all()
    .map((row) => String(Object.values(row)[0]));
  return rows[0] === 'ok' ? undefined : rows.join('; ');
}

interface RawRow {
  readonly collection: string;
  readonly key: string;
  readonly rv: number;
  readonly val: Uint8Array;
}

interface Statements {
  readonly readMeta: StatementSync;
  readonly writeMeta: StatementSync;
  readonly allObjects: StatementSync;
  readonly allLog: StatementSync;
  readonly writeObject: StatementSync;
  readonly deleteObject: StatementSync;
  readonly writeLog: StatementSync;
  readonly trimLog: StatementSync;
}

function toRow({ collection, key, rv, val }: RawRow): DurableRow {
  return { collection, key, revision: Number(rv), value: val };
}

function setUp(db: DatabaseSync, file: string): void {
  // Exclusive from the first read on: a second process fails at once instead of writing beside us.
  db.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=0;');
  db.exec(`
    CREATE TABLE IF NOT EXISTS obj(collection TEXT, key TEXT, rv INTEGER NOT NULL, val BLOB NOT NULL,
      PRIMARY KEY(collection, key)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS log(rv INTEGER PRIMARY KEY, collection TEXT, key TEXT, op INTEGER NOT NULL, val BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) WITHOUT ROWID;
  `);
  const faults = integrityFaults(db);
  if (faults !== undefined) throw damaged(file, faults);
  const version = (db.prepare("SELECT v FROM meta WHERE k = 'schema'").get() as { v: string } | undefined)?.v;
  if (version === undefined) db.prepare("INSERT INTO meta VALUES('schema', ?)").run(schemaVersion);
  else if (version !== schemaVersion)
    throw new CodedError('store-unusable', `${file}: written by another version of pullpath (layout ${version})`);
}

function prepare(db: DatabaseSync): Statements {
  return {
    readMeta: db.prepare('SELECT v FROM meta WHERE k = ?'),
    writeMeta: db.prepare('INSERT INTO meta VALUES(?, ?) ON CONFLICT DO UPDATE SET v = excluded.v'),
    allObjects: db.prepare('SELECT collection, key, rv, val FROM obj ORDER BY collection, key'),
    allLog: db.prepare('SELECT rv, collection, key, op, val FROM log ORDER BY rv'),
    writeObject: db.prepare(
      'INSERT INTO obj VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET rv = excluded.rv, val = excluded.val',
    ),
    deleteObject: db.prepare('DELETE FROM obj WHERE collection = ? AND key = ?'),
    writeLog: db.prepare('INSERT INTO log VALUES(?, ?, ?, ?, ?)'),
    trimLog: db.prepare('DELETE FROM log WHERE rv < ?'),
  };
}

function openError(file: string, cause: unknown): CodedError {
  const text = String((cause as Error).message);
  if (/locked|busy/i.test(text)) {
    return new CodedError('store-in-use', `${file} is in use by another pullpath`, {
      hint: 'stop that process, or choose another --data-dir',
      cause,
    });
  }
  if (/malformed|not a database|corrupt|disk image/i.test(text)) return damaged(file, text, cause);
  return new CodedError('store-unusable', `cannot open ${file}: ${text}`, {
    hint: 'check that the directory exists, is writable and has room',
    cause,
  });
}

function damaged(file: string, text: string, cause?: unknown): CodedError {
  return new CodedError('store-damaged', `${file} is damaged: ${text}`, {
    hint: 'restore a backup: pullpath restore FILE --data-dir DIR',
    cause,
  });
}

function writeError(file: string, cause: unknown): CodedError {
  const text = String((cause as Error).message);
  const full = /full/i.test(text);
  return new CodedError(full ? 'store-full' : 'store-unwritable', `cannot write ${file}: ${text}`, {
    hint: full ? 'free some disk space; reads and watches go on' : 'check the disk; reads and watches go on',
    cause,
  });
}
