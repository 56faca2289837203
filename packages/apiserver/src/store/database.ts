import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { CodedError } from '@pullpath/diagnostics';
import { keyFileOf } from './cipher.ts';
import { damaged, integrityFaults, openError, writeError } from './faults.ts';
import type { CollectionName, EventType } from './record.ts';
import { logFault } from './write-ahead-log.ts';

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

/** A change of the past. `value` is absent where it is the current state. */
export interface DurableLogRow extends Omit<DurableRow, 'value'> {
  readonly type: EventType;
  readonly value: Uint8Array | undefined;
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
      return new Database(file, opened(file));
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

  /** Whether a value is encrypted: its first byte is one that no JSON starts with. */
  holdsSealed(): boolean {
    const sealed = (table: string): string => `SELECT 1 FROM ${table} WHERE substr(val, 1, 1) = x'01'`;
    return this.#db.prepare(`${sealed('obj')} UNION ALL ${sealed('log')} LIMIT 1`).get() !== undefined;
  }

  *rows(): Generator<DurableRow> {
    for (const row of this.#statements.allObjects.iterate()) yield toRow(row as unknown as RawRow);
  }

  *log(): Generator<DurableLogRow> {
    for (const row of this.#statements.allLog.iterate()) {
      const { collection, key, rv, op, val } = row as unknown as RawRow & { op: number; val: Uint8Array | null };
      const type = operations[op] ?? 'MODIFIED';
      yield { collection, key, revision: Number(rv), type, value: val ?? undefined };
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

function opened(file: string): DatabaseSync {
  const fresh = !existsSync(file);
  if (!fresh) refuseEmptied(file);
  refuseBrokenLog(file);
  const db = new DatabaseSync(file);
  try {
    if (fresh) chmodSync(file, 0o600);
    // Exclusive from the first read on: a second process fails at once instead of writing beside us.
    db.exec('PRAGMA busy_timeout=0; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
    const faults = integrityFaults(db);
    if (faults !== undefined) throw damaged(file, faults);
    setUp(db, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

// SQLite takes a file without a byte for a new database. Ours has a key beside it from its first start on.
function refuseEmptied(file: string): void {
  if (statSync(file).size === 0 && existsSync(keyFileOf(dirname(file)))) throw damaged(file, 'it is empty');
}

// Before SQLite looks at it, which moves the sound part of a log into the file and removes the rest. The log of a server
// that runs may change while it is read; a fault that is no fault is not found twice.
function refuseBrokenLog(file: string): void {
  const fault = logFault(`${file}-wal`);
  if (fault !== undefined && logFault(`${file}-wal`) === fault) throw damaged(file, fault);
}

function setUp(db: DatabaseSync, file: string): void {
  // What a killed process left in the log is taken over, so that the log holds commits of one process alone.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.exec(`
    CREATE TABLE IF NOT EXISTS obj(collection TEXT, key TEXT, rv INTEGER NOT NULL, val BLOB NOT NULL,
      PRIMARY KEY(collection, key)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS log(rv INTEGER PRIMARY KEY, collection TEXT, key TEXT, op INTEGER NOT NULL, val BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) WITHOUT ROWID;
  `);
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
    allLog: db.prepare(`
      SELECT log.rv, collection, key, op, CASE WHEN obj.rv IS log.rv THEN NULL ELSE log.val END AS val
      FROM log LEFT JOIN obj USING(collection, key) ORDER BY log.rv`),
    writeObject: db.prepare(
      'INSERT INTO obj VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET rv = excluded.rv, val = excluded.val',
    ),
    deleteObject: db.prepare('DELETE FROM obj WHERE collection = ? AND key = ?'),
    writeLog: db.prepare('INSERT INTO log VALUES(?, ?, ?, ?, ?)'),
    trimLog: db.prepare('DELETE FROM log WHERE rv < ?'),
  };
}
