import type { Config } from '#src/config.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import type { Storage } from '#src/log/ports.ts';
import type { Typing } from '#src/log/typing.ts';
import type { Watchers } from '#src/log/watchers.ts';
import type { Reception } from '../reception.ts';

/** Who calls, for which conversation: what a token proves. */
export interface Visit {
  readonly conversation: string;
  /** `from.id` of everything that this person says. */
  readonly user: string;
  readonly person: string;
  /** What the back end of a host page signed for. */
  readonly vouched: Vouched | null;
  readonly origin: string | null;
  readonly locale: string | null;
  readonly zone: string | null;
  /** Epoch milliseconds. */
  readonly began: number;
}

/** A token that was read. `subject`: what a `stream` or `file` token is for. */
export interface Proof {
  readonly visit: Visit;
  readonly id: string;
  readonly expiresAt: number;
  readonly subject: string | null;
}

export interface Tokens {
  /** A session of somebody unknown, which begins now. */
  begin(): Visit;
  /** null: the session has lasted as long as it may. */
  chat(visit: Visit): Promise<{ token: string; expiresIn: number } | null>;
  stream(visit: Visit, subject: string): Promise<string>;
  file(visit: Visit, subject: string): Promise<string>;
  read(kind: 'chat' | 'stream' | 'file', token: string): Promise<Proof | 'expired' | 'invalid'>;
}

/** Each counts one use by a session's user; rejects with a 429 `Refusal`. How many sessions begin is counted at the mint. */
export interface Rates {
  readonly message: (user: string) => Promise<void>;
  readonly upload: (user: string) => Promise<void>;
}

export interface DirectLineOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly reception: Pick<Reception, 'take'>;
  readonly watchers: Watchers;
  readonly typing: Typing;
  readonly tokens: Tokens;
  readonly rates: Rates;
  readonly clock: () => number;
  /** Milliseconds that a reader may take for one frame before it is cut; default 10 000. */
  readonly patience?: number;
  /** Milliseconds between two looks at every open socket; default 7 000. */
  readonly heartbeat?: number;
  /** Told of a stream that failed for a reason of ours. */
  readonly failed: (error: unknown) => void;
}
