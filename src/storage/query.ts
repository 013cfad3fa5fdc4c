import { sql } from 'kysely';
import type { Compilable, Kysely, RawBuilder, SelectQueryBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** What a query is built with: kysely for one engine (it compiles, it never executes), and what only that engine has. */
export interface Dialect {
  readonly engine: 'sqlite' | 'postgres';
  readonly db: Kysely<Tables>;
  /** Locks the rows that a select finds until the commit, where the engine has row locks. */
  readonly locked: Lock;
  /** The same, passing over rows that somebody else has locked. */
  readonly lockedSkipping: Lock;
  /** Whether a text is one of a list of any length, which comes as one value: `manyOf`. */
  readonly among: (text: RawBuilder<string>, list: RawBuilder<string>) => RawBuilder<boolean>;
}

/** A list as one value, for `among`: a query's text is built once, however long the list is. */
export const manyOf = (texts: readonly string[]): string => JSON.stringify(texts);

type Lock = <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>) => SelectQueryBuilder<DB, TB, O>;

/** One transaction's line to the database: compiled text and values go in, rows come out. */
export interface Lane {
  readonly dialect: Dialect;
  rows(statement: Statement, values: readonly unknown[]): Promise<readonly unknown[]>;
  /** How many rows the statement wrote. */
  write(statement: Statement, values: readonly unknown[]): Promise<number>;
}

/** A statement's text, and a short name by which an engine may keep it prepared. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
}

interface Compiled extends Statement {
  /** Per placeholder: the argument that goes there, or a constant of the query. */
  readonly places: readonly (Slot | { readonly constant: unknown })[];
}

/** The place of one argument; `row` counts the rows of an insert, and is 0 elsewhere. */
class Slot {
  readonly row: number;
  readonly argument: string;
  constructor(row: number, argument: string) {
    this.row = row;
    this.argument = argument;
  }
}

type Slots<A> = { readonly [K in keyof A]: RawBuilder<A[K]> };

/**
 * A query whose text is built once per engine, at its first use, and then only gets fresh arguments: building kysely's
 * tree costs 20 to 60 µs a time, more than SQLite needs to answer.
 *
 *     const byId = new Query<{ id: string }, Row>(({ db }, at) =>
 *       db.selectFrom('mails').selectAll().where('id', '=', at.id));
 *     const mail = await byId.first(lane, { id });
 */
export class Query<A extends object, R = unknown> {
  readonly #build: (dialect: Dialect, slots: Slots<A>) => Compilable<R>;
  readonly #compiled: { sqlite?: Compiled; postgres?: Compiled } = {};

  constructor(build: (dialect: Dialect, slots: Slots<A>) => Compilable<R>) {
    this.#build = build;
  }

  async all(lane: Lane, args: A): Promise<R[]> {
    const compiled = this.#for(lane.dialect);
    // The one place that believes the database: rows have the shape that kysely inferred from the tables.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (await lane.rows(compiled, bind(compiled, [args]))) as R[];
  }

  async first(lane: Lane, args: A): Promise<R | undefined> {
    return (await this.all(lane, args))[0];
  }

  write(lane: Lane, args: A): Promise<number> {
    const compiled = this.#for(lane.dialect);
    return lane.write(compiled, bind(compiled, [args]));
  }

  #for(dialect: Dialect): Compiled {
    return (this.#compiled[dialect.engine] ??= compile(this.#build(dialect, slots<A>(0))));
  }
}

/** More rows than a turn ever writes; longer inserts take several statements. */
const ROWS_PER_STATEMENT = 16;

/** An insert of any number of rows with one statement, its text built once per engine and number of rows. */
export class Insert<Row extends object> {
  readonly #build: (dialect: Dialect, rows: Slots<Row>[]) => Compilable;
  readonly #compiled = { sqlite: new Map<number, Compiled>(), postgres: new Map<number, Compiled>() };

  constructor(build: (dialect: Dialect, rows: Slots<Row>[]) => Compilable) {
    this.#build = build;
  }

  async write(lane: Lane, rows: readonly Row[]): Promise<void> {
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      const part = rows.slice(from, from + ROWS_PER_STATEMENT);
      const compiled = this.#for(lane.dialect, part.length);
      await lane.write(compiled, bind(compiled, part));
    }
  }

  #for(dialect: Dialect, count: number): Compiled {
    const known = this.#compiled[dialect.engine].get(count);
    if (known) return known;
    const rows = Array.from({ length: count }, (_none, row) => slots<Row>(row));
    const compiled = compile(this.#build(dialect, rows));
    this.#compiled[dialect.engine].set(count, compiled);
    return compiled;
  }
}

let named = 0;

function compile(query: Compilable): Compiled {
  const { sql: text, parameters } = query.compile();
  const places = parameters.map((value) => (value instanceof Slot ? value : { constant: value }));
  return { name: `frontdesk_${++named}`, sql: text, places };
}

function slots<A>(row: number): Slots<A> {
  const make = (_target: object, argument: string | symbol) => sql`${new Slot(row, String(argument))}`;
  return new Proxy<Slots<A>>(Object.create(null), { get: make });
}

function bind(compiled: Compiled, rows: readonly object[]): unknown[] {
  return compiled.places.map((place) =>
    place instanceof Slot ? Reflect.get(rows[place.row] ?? {}, place.argument) : place.constant,
  );
}
