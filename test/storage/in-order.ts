import type { Storage, Unit } from '#src/log/ports.ts';

/**
 * The one order in which transactions take rows (`Storage.transact`): conversations, then requests, then what belongs to them, then
 * what is everybody's. Within a room any order will do where the room before it keeps others out.
 */
const RANKS = { conversation: 1, request: 2, belongs: 3, shared: 4 } as const;
type Rank = keyof typeof RANKS;

type Method = (...given: readonly unknown[]) => Promise<unknown>;
/** By what a call takes a row, and which: its name is made of what the call was given, or of what it answered. */
type Taking = readonly [rank: Rank, keyOf: (given: readonly unknown[], answer: unknown) => string | null];

const field = (of: unknown, name: string): string | null => {
  const value: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
  return typeof value === 'string' ? value : null;
};
const first: Taking[1] = ([id]) => (typeof id === 'string' ? id : null);
const answered =
  (name: string): Taking[1] =>
  (_given, answer) =>
    field(answer, name);
const givenAs =
  (name: string): Taking[1] =>
  ([one]) =>
    field(one, name);

const TAKING: Readonly<Record<string, Readonly<Record<string, Taking>>>> = {
  conversations: {
    byId: ['conversation', answered('id')],
    byChannel: ['conversation', answered('id')],
    create: ['conversation', answered('id')],
    save: ['conversation', givenAs('id')],
    vouch: ['conversation', first],
    sent: ['conversation', first],
    touchDesk: ['conversation', first],
  },
  requests: {
    byNumber: ['request', answered('number')],
    insert: ['request', givenAs('number')],
    addEvent: ['request', givenAs('number')],
    setRespondBy: ['request', first],
    setTicket: ['request', first],
  },
  promises: {
    add: ['belongs', givenAs('request')],
    end: ['belongs', givenAs('request')],
    warned: ['belongs', givenAs('request')],
  },
  rows: { setDelivery: ['belongs', first], redact: ['belongs', first] },
  codes: { of: ['belongs', first], keep: ['belongs', givenAs('conversation')] },
  notices: { byKey: ['belongs', answered('key')], add: ['belongs', givenAs('key')] },
  incidents: { link: ['belongs', givenAs('incident')], told: ['belongs', first] },
  agents: {
    enter: ['shared', givenAs('id')],
    setPresence: ['shared', first],
    seen: ['shared', first],
    served: ['shared', first],
  },
  jobs: { add: ['shared', givenAs('key')] },
};

/** Tells of every transaction that takes rows in another order: two of those may wait for each other, and one of them is ended. */
export function watchingOrder(storage: Storage, told: (what: string) => void): Storage {
  return {
    ...storage,
    transact: (work) => storage.transact((unit) => work(watched(unit, new Taken(told)))),
  };
}

class Taken {
  readonly #told: (what: string) => void;
  readonly #keys = new Map<string, Rank>();
  /** Conversation of each request that was taken. */
  readonly #requests = new Map<string, string | null>();

  constructor(told: (what: string) => void) {
    this.#told = told;
  }

  take(rank: Rank, key: string, answer: unknown): void {
    const name = `${rank} ${key}`;
    if (this.#keys.has(name)) return;
    const later = [...this.#keys].filter(([, held]) => RANKS[held] > RANKS[rank]).map(([held]) => held);
    if (later.length > 0) this.#told(`${name} after ${later.join()}`);
    this.#keys.set(name, rank);
    if (rank === 'request') this.#request(key, field(answer, 'conversation'));
  }

  /** Of requests whose conversation isn't held, a transaction takes one: two would have no order. */
  #request(key: string, conversation: string | null): void {
    this.#requests.set(key, conversation);
    const foreign = [...this.#requests].filter(([, of]) => of !== null && !this.#keys.has(`conversation ${of}`));
    if (foreign.length > 0 && this.#requests.size > 1)
      this.#told(`requests ${[...this.#requests.keys()].join()} at once`);
  }
}

function watched(unit: Unit, taken: Taken): Unit {
  const stores = Object.entries(TAKING).map(([name, methods]) => [
    name,
    watchedStore(Reflect.get(unit, name), methods, taken),
  ]);
  return { ...unit, ...Object.fromEntries(stores) };
}

function watchedStore(store: object, methods: Readonly<Record<string, Taking>>, taken: Taken): object {
  return new Proxy(store, {
    get(of, name) {
      const method: unknown = Reflect.get(of, name);
      if (typeof method !== 'function') return method;
      const taking = typeof name === 'string' ? methods[name] : undefined;
      const call: Method = (...given) => Reflect.apply(method, of, given);
      if (!taking) return call;
      return async (...given: readonly unknown[]) => {
        const answer = await call(...given);
        const [rank, keyOf] = taking;
        const key = keyOf(given, answer);
        if (key !== null) taken.take(rank, key, answer);
        return answer;
      };
    },
  });
}
