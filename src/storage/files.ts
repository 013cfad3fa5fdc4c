import type { SentFile } from '#src/log/ports.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { FilesTable } from './tables.ts';

const insert = new Query<FilesTable>(({ db }, at) =>
  db
    .insertInto('files')
    .values({
      id: at.id,
      conversation: at.conversation,
      name: at.name,
      type: at.type,
      size: at.size,
      at: at.at,
      bytes: at.bytes,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

const byId = new Query<{ id: string }, FilesTable>(({ db }, at) =>
  db.selectFrom('files').selectAll().where('id', '=', at.id),
);

const sizeOf = new Query<{ conversation: string }, { size: number | string | null }>(({ db }, at) =>
  db
    .selectFrom('files')
    .select(({ fn }) => fn.sum<number | string | null>('size').as('size'))
    .where('conversation', '=', at.conversation),
);

const forget = new Query<{ conversation: string }>(({ db }, at) =>
  db.deleteFrom('files').where('conversation', '=', at.conversation),
);

/** Files that people sent along, or were given. */
export class Files {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(file: SentFile): Promise<void> {
    await insert.write(this.#lane, { ...file, size: file.bytes.byteLength });
  }

  async byId(id: string): Promise<SentFile | undefined> {
    const row = await byId.first(this.#lane, { id });
    if (!row) return undefined;
    const { size: _size, ...file } = row;
    return file;
  }

  /** PostgreSQL's sum of bigints comes as text. */
  async sizeOf(conversation: string): Promise<number> {
    return Number((await sizeOf.first(this.#lane, { conversation }))?.size ?? 0);
  }

  forget(conversation: string): Promise<number> {
    return forget.write(this.#lane, { conversation });
  }
}
