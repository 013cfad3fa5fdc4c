import { z } from 'zod';
import type { PartitionArrays } from './partition.ts';
import type { PostingArrays } from './postings.ts';
import { LANGUAGES, OFFERINGS, type Language, type OfferingId } from './schema.ts';
import type { IndexData, Learnt, ShelfData } from './search-build.ts';
import type { Weights } from './search-classifier.ts';
import type { Fits } from './search-fit.ts';

/** A file of named arrays: the length of its table of contents, the table as JSON, then the arrays, each on eight bytes. */
const tableSchema = z.object({
  /** What the index was made from: with anything else it is out of date. */
  stamp: z.string(),
  /** What its classifier was taught with. */
  taught: z.string(),
  parts: z.record(
    z.string(),
    z.object({
      type: z.enum(['int32', 'float32', 'int8', 'uint16', 'text']),
      at: z.int().nonnegative(),
      length: z.int().nonnegative(),
    }),
  ),
});
type Table = z.infer<typeof tableSchema>;
type Piece = Int32Array | Float32Array | Int8Array | Uint16Array | string;

/** What an index was made from: all of it, and that which its classifier was taught with. */
export type Stamps = Pick<Table, 'stamp' | 'taught'>;

/** The index as one file. */
export function packIndex(data: IndexData, stamps: Stamps): Uint8Array {
  const pieces = new Map<string, Piece>();
  for (const [name, piece] of Object.entries(data.vocabulary)) pieces.set(`vocabulary/${name}`, piece);
  for (const shelf of data.shelves) packShelf(shelf, pieces);
  if (data.learnt !== undefined) {
    const { weights, doubts, fits } = data.learnt;
    packWeights('weights', weights, pieces);
    packWeights('doubts', doubts.binary, pieces);
    pieces.set('doubts/odds', doubts.odds);
    pieces.set('doubts/uses', doubts.uses);
    for (const [name, piece] of Object.entries(fits)) pieces.set(`fits/${name}`, piece);
  }
  return layOut(pieces, stamps);
}

function packWeights(part: string, { topics, ...arrays }: Weights, pieces: Map<string, Piece>): void {
  for (const [name, piece] of Object.entries(arrays)) pieces.set(`${part}/${name}`, piece);
  pieces.set(`${part}/topics`, topics.join('\n'));
}

function packShelf({ offering, words, partitions }: ShelfData, pieces: Map<string, Piece>): void {
  pieces.set(`${offering}/words`, [...words.keys()].join('\n'));
  pieces.set(`${offering}/counts`, Int32Array.from(words.values()));
  for (const { language, articles, text, asked, owners, lengths } of partitions) {
    const name = `${offering}/${language}`;
    const arrays = { articles, owners, lengths, ...postingPieces('text', text), ...postingPieces('asked', asked) };
    for (const [part, piece] of Object.entries(arrays)) pieces.set(`${name}/${part}`, piece);
  }
}

function postingPieces(name: string, { starts, owners, worths }: PostingArrays): Record<string, Piece> {
  return { [`${name}-starts`]: starts, [`${name}-owners`]: owners, [`${name}-worths`]: worths };
}

const ALIGNED = 8;

function layOut(pieces: ReadonlyMap<string, Piece>, stamps: Stamps): Uint8Array {
  const table: Table = { ...stamps, parts: {} };
  const bytes: { at: number; bytes: Uint8Array }[] = [];
  let end = 0;
  for (const [name, piece] of pieces) {
    const own = typeof piece === 'string' ? new TextEncoder().encode(piece) : bytesOf(piece);
    table.parts[name] = { type: typeOf(piece), at: end, length: own.length };
    bytes.push({ at: end, bytes: own });
    end = align(end + own.length);
  }
  const head = new TextEncoder().encode(JSON.stringify(table));
  const body = align(ALIGNED + head.length);
  const file = new Uint8Array(body + end);
  new DataView(file.buffer).setUint32(0, head.length, true);
  file.set(head, ALIGNED);
  for (const piece of bytes) file.set(piece.bytes, body + piece.at);
  return file;
}

function align(at: number): number {
  return Math.ceil(at / ALIGNED) * ALIGNED;
}

function bytesOf(piece: Exclude<Piece, string>): Uint8Array {
  return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
}

function typeOf(piece: Piece): Table['parts'][string]['type'] {
  if (typeof piece === 'string') return 'text';
  if (piece instanceof Int8Array) return 'int8';
  if (piece instanceof Uint16Array) return 'uint16';
  return piece instanceof Int32Array ? 'int32' : 'float32';
}

/** Reads what `packIndex` wrote, without copying the arrays; undefined for another stamp, or a file that is damaged. */
export function unpackIndex(file: Uint8Array, { stamp }: Pick<Stamps, 'stamp'>): IndexData | undefined {
  return attempt(() => {
    const { table, parts } = openParts(file);
    return table.stamp === stamp ? readIndex(parts) : undefined;
  });
}

/** What was learnt alone, where it was taught with the same; it is true of articles that say something else now. */
export function unpackLearnt(file: Uint8Array, { taught }: Pick<Stamps, 'taught'>): Learnt | undefined {
  return attempt(() => {
    const { table, parts } = openParts(file);
    return table.taught === taught ? readLearnt(parts) : undefined;
  });
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

interface Parts {
  has(name: string): boolean;
  ints(name: string): Int32Array;
  floats(name: string): Float32Array;
  bytes(name: string): Int8Array;
  shorts(name: string): Uint16Array;
  lines(name: string): string[];
}

function openParts(file: Uint8Array): { table: Table; parts: Parts } {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const head = new TextDecoder().decode(file.subarray(ALIGNED, ALIGNED + length));
  const table = tableSchema.parse(JSON.parse(head));
  const body = file.byteOffset + align(ALIGNED + length);
  const place = (name: string, type: Table['parts'][string]['type']): { at: number; length: number } => {
    const part = table.parts[name];
    if (part?.type !== type) throw new RangeError(`${name} isn't there`);
    return { at: body + part.at, length: part.length };
  };
  const parts: Parts = {
    has: (name) => table.parts[name] !== undefined,
    ints: (name) => {
      const { at, length: size } = place(name, 'int32');
      return new Int32Array(file.buffer, at, size / Int32Array.BYTES_PER_ELEMENT);
    },
    floats: (name) => {
      const { at, length: size } = place(name, 'float32');
      return new Float32Array(file.buffer, at, size / Float32Array.BYTES_PER_ELEMENT);
    },
    bytes: (name) => {
      const { at, length: size } = place(name, 'int8');
      return new Int8Array(file.buffer, at, size);
    },
    shorts: (name) => {
      const { at, length: size } = place(name, 'uint16');
      return new Uint16Array(file.buffer, at, size / Uint16Array.BYTES_PER_ELEMENT);
    },
    lines: (name) => {
      const { at, length: size } = place(name, 'text');
      const text = new TextDecoder().decode(new Uint8Array(file.buffer, at, size));
      return text === '' ? [] : text.split('\n');
    },
  };
  return { table, parts };
}

function readIndex(parts: Parts): IndexData {
  return {
    vocabulary: {
      letters: parts.shorts('vocabulary/letters'),
      starts: parts.ints('vocabulary/starts'),
      places: parts.ints('vocabulary/places'),
    },
    shelves: OFFERINGS.map((offering) => readShelf(offering, parts)),
    learnt: readLearnt(parts),
  };
}

function readShelf(offering: OfferingId, parts: Parts): ShelfData {
  const spoken = LANGUAGES.filter((language) => parts.has(`${offering}/${language}/articles`));
  const partitions = spoken.map((language) => readPartition(offering, language, parts));
  // Made when the shelf is opened: of four most starts open one.
  return {
    offering,
    partitions,
    get words() {
      const counts = parts.ints(`${offering}/counts`);
      return new Map(parts.lines(`${offering}/words`).map((word, at) => [word, counts[at] ?? 0]));
    },
  };
}

function readPartition(offering: OfferingId, language: Language, parts: Parts): ShelfData['partitions'][number] {
  const name = `${offering}/${language}`;
  const articles = parts.ints(`${name}/articles`);
  const owners = parts.ints(`${name}/owners`);
  const postings = (part: string, units: number): PostingArrays => ({
    units,
    starts: parts.ints(`${name}/${part}-starts`),
    owners: parts.ints(`${name}/${part}-owners`),
    worths: parts.floats(`${name}/${part}-worths`),
  });
  const arrays: PartitionArrays = {
    text: postings('text', articles.length),
    asked: postings('asked', owners.length),
    owners,
    lengths: parts.floats(`${name}/lengths`),
  };
  return { language, articles, ...arrays };
}

function readLearnt(parts: Parts): Learnt | undefined {
  if (!parts.has('weights/hashed')) return undefined;
  const doubts = {
    binary: readWeights('doubts', parts),
    odds: parts.bytes('doubts/odds'),
    uses: parts.bytes('doubts/uses'),
  };
  return { weights: readWeights('weights', parts), doubts, fits: readFits(parts) };
}

function readFits(parts: Parts): Fits {
  return {
    signs: parts.ints('fits/signs'),
    odds: parts.bytes('fits/odds'),
    starts: parts.ints('fits/starts'),
    uses: parts.ints('fits/uses'),
    silence: parts.floats('fits/silence'),
    unknown: parts.floats('fits/unknown'),
  };
}

function readWeights(part: string, parts: Parts): Weights {
  return {
    topics: parts.lines(`${part}/topics`),
    hashed: parts.bytes(`${part}/hashed`),
    scales: parts.floats(`${part}/scales`),
    bias: parts.floats(`${part}/bias`),
    rarity: parts.floats(`${part}/rarity`),
  };
}
