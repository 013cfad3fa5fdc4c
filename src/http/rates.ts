import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isIPv6 } from 'node:net';
import type { Limits } from '#src/config.ts';
import { Refusal } from './call.ts';

/** Each counts one use; rejects with a 429 `Refusal` that says when to come back. */
export interface Rates {
  /** Chat tokens, by client address. */
  readonly mint: (address: string) => Promise<void>;
  /** Attempts to sign in at the desk, by client address. */
  readonly signIn: (address: string) => Promise<void>;
  /** Messages, by person (or conversation, where nobody is known). */
  readonly message: (person: string) => Promise<void>;
  /** Uploads, by person. */
  readonly upload: (person: string) => Promise<void>;
}

/** One household or office has a whole /64 of IPv6: counting single addresses would count nothing. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  if (/^::ffff:\d+\./i.test(address)) return address.slice(7);
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}

const perWindow = (points: number, seconds: number) => {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (key: string): Promise<void> => {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const wait = String(Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)));
      throw new Refusal(429, 'too-many', 'Too many at once. Please wait a moment.', { 'Retry-After': wait });
    }
  };
};

type RateLimits = Pick<Limits, 'RATE_MINT' | 'RATE_SIGN_IN' | 'RATE_MESSAGES' | 'RATE_UPLOADS'>;

/** Counters in this process's memory; several instances each allow that much. */
export function createRates(limits: RateLimits): Rates {
  const mint = perWindow(limits.RATE_MINT, 60);
  const signIn = perWindow(limits.RATE_SIGN_IN, 60);
  return {
    mint: (address) => mint(addressKey(address)),
    signIn: (address) => signIn(addressKey(address)),
    message: perWindow(limits.RATE_MESSAGES, 10),
    upload: perWindow(limits.RATE_UPLOADS, 60),
  };
}
