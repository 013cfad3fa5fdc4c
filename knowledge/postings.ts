/** An inverted index in typed arrays: for each term the units that use it, and how much each use is worth. */
export interface Postings {
  readonly units: number;
  /** Highest idf: that of a term which no unit uses. */
  readonly rarest: number;
  idf(term: number): number;
  /** How many units use the term. */
  uses(term: number): number;
  /** Adds to `scores[unit]` the worth of `term` there, times `factor`, and notes units seen for the first time. */
  add(term: number, factor: number, into: Accumulator): void;
}

/** Scores by unit, with the list of units that have one, so that emptying costs what filling did. */
export interface Accumulator {
  readonly scores: Float32Array;
  readonly touched: Int32Array;
  count: number;
}

export function createAccumulator(units: number): Accumulator {
  return { scores: new Float32Array(units), touched: new Int32Array(units), count: 0 };
}

export function empty(accumulator: Accumulator): void {
  for (let at = 0; at < accumulator.count; at++) accumulator.scores[accumulator.touched[at] ?? 0] = 0;
  accumulator.count = 0;
}

/** One use of a term in a unit; `worth` is 0..1 before the term's idf. */
export type Uses = ReadonlyMap<number, number>;

/** What postings are made of: plain arrays, as they stand in the index file. */
export interface PostingArrays {
  readonly units: number;
  /** Where each term's uses begin; one more than there are terms. */
  readonly starts: Int32Array;
  readonly owners: Int32Array;
  /** Empty where every use is worth 1. */
  readonly worths: Float32Array;
}

/** Collects each unit's terms; `terms` is the size of the shared vocabulary. */
export function collectPostings(units: readonly Uses[], terms: number): PostingArrays {
  const starts = new Int32Array(terms + 1);
  for (const uses of units) for (const term of uses.keys()) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
  for (let term = 0; term < terms; term++) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  const total = starts[terms] ?? 0;
  const owners = new Int32Array(total);
  const worths = new Float32Array(total);
  const filled = starts.slice(0, terms);
  for (const [unit, uses] of units.entries()) {
    for (const [term, worth] of uses) {
      const at = filled[term] ?? 0;
      owners[at] = unit;
      worths[at] = worth;
      filled[term] = at + 1;
    }
  }
  const isPlain = worths.every((worth) => worth === 1);
  return { units: units.length, starts, owners, worths: isPlain ? new Float32Array(0) : worths };
}

/** Reads the arrays; an idf is worked out when it is asked for, so that a start needn't do it for every term. */
export function createPostings({ units, starts, owners, worths }: PostingArrays): Postings {
  const rarity = (count: number): number => Math.log(1 + (units - count + 0.5) / (count + 0.5));
  const uses = (term: number): number => {
    const end = starts[term + 1];
    return end === undefined ? 0 : end - (starts[term] ?? 0);
  };
  return {
    units,
    rarest: rarity(0),
    uses,
    idf: (term) => rarity(uses(term)),
    add: (term, factor, into) => {
      const { scores, touched } = into;
      const end = starts[term + 1] ?? 0;
      const isPlain = worths.length === 0;
      for (let at = starts[term] ?? 0; at < end; at++) {
        const unit = owners[at] ?? 0;
        const score = scores[unit] ?? 0;
        if (score === 0) touched[into.count++] = unit;
        scores[unit] = score + (isPlain ? factor : factor * (worths[at] ?? 0));
      }
    },
  };
}
