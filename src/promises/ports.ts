import type { OfferingId } from '#knowledge/schema.ts';
import type { NewPledge, Pledge, PromiseReason, PromiseState } from './promise.ts';

/** Of which request, or of all requests of which conversation. */
export type Whose = { readonly request: string } | { readonly conversation: string };

/** How a promise ends. */
export interface Ending {
  readonly state: Exclude<PromiseState, 'open'>;
  readonly reason: PromiseReason;
  readonly at: number;
  readonly by: string;
}

/** What promises need of storage; every call runs inside the caller's transaction. */
export interface PromiseStore {
  /** Behind the last one of its request. */
  add(pledge: NewPledge): Promise<Pledge>;
  find(request: string, seq: number): Promise<Pledge | undefined>;
  /** All of a request, in the order in which they were made. */
  ofRequest(request: string): Promise<Pledge[]>;
  open(whose: Whose): Promise<Pledge[]>;
  /** Ends an open one; false where it had ended before, whoever ended it. */
  end(pledge: Pick<Pledge, 'request' | 'seq'>, ending: Ending): Promise<boolean>;
  /** Notes that the desk was warned; false where it was before, or where the promise has ended. */
  warned(pledge: Pick<Pledge, 'request' | 'seq'>, at: number): Promise<boolean>;
  /** Open ones that are due at `until` or sooner, the most urgent first, behind `after`. */
  due(until: number, limit: number, after?: Pick<Pledge, 'due' | 'request' | 'seq'>): Promise<Pledge[]>;
  /** Open ones of which the desk was warned or whose time has passed, of requests of these offerings, the most urgent first. */
  pressing(now: number, limit: number, offerings: readonly OfferingId[]): Promise<Pledge[]>;
  /** Open ones of these requests that are due at `until` or sooner, in no order. */
  owedFor(requests: readonly string[], until: number): Promise<Pledge[]>;
  /** Broken ones of requests of these offerings that ended at `since` or later, the latest first. */
  broken(since: number, limit: number, offerings: readonly OfferingId[]): Promise<Pledge[]>;
}
