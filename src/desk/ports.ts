import type { Pledged } from '#src/promises/promise.ts';
import type { Category, Language, Severity } from '#knowledge/schema.ts';
import type { Done, LevelDone } from '#src/handoff/done.ts';
import type { Lowering } from '#src/handoff/level.ts';
import type { Outcome } from '#src/handoff/standing.ts';
import type { Agent } from './agents.ts';

/** What the desk shows of a conversation's case; null and '' where nothing is known yet. */
export interface CaseSummary {
  /** The level that would be granted now, caps included. */
  severity: Severity | '';
  category: Category | null;
  description: string | null;
}

/** Reads the stored state of a conversation, whose shape belongs to the dialogs; null where it can't be read. */
export type ReadCase = (state: unknown, now: number) => CaseSummary | null;

/** Who signed in at the provider: `account` is the name of their account, to show to themselves. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly roles: readonly string[];
}

/**
 * Why nobody is signed in. `code`: the provider's answer was used before or is over · `client`: this app is not registered
 * rightly, or its secret has ended · `unavailable`: the provider can't be asked · the others: what its token is wrong in.
 */
export type SignInRefusal =
  | 'code'
  | 'client'
  | 'unavailable'
  | 'malformed'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'tenant'
  | 'nonce'
  | 'expired'
  | 'claims';

/** Where agents sign in outside of the house. */
export interface SignInProvider {
  /** The address at which the person signs in; null where the provider can't be asked. */
  begin(beginning: { state: string; nonce: string; challenge: string }): Promise<string | null>;
  /** Who signed in, for the code that they came back with. */
  redeem(answer: {
    code: string;
    verifier: string;
    nonce: string;
  }): Promise<{ ok: true; person: SignedIn } | { ok: false; why: SignInRefusal }>;
  /** Who a token of Teams’ single sign-on names, where it was made for the desk. */
  recognise(token: string): Promise<{ ok: true; person: SignedIn } | { ok: false; why: SignInRefusal }>;
  /** The address at which the person signs out of the provider, too; null where there is none. */
  leave(): Promise<string | null>;
}

/** Words of the desk's own pages, by key. */
export type Words = (language: Language, key: string, values?: Record<string, string>) => string;

/** How an agent changes the level of whom they have; the customer is told. */
export interface Levels {
  change(
    conversation: string,
    agent: Agent,
    wanted: { to: Severity; reason: string; why: Lowering },
  ): Promise<LevelDone<{ severity: Severity }>>;
  /** Warns that the level falls when nothing is heard; `until` is an ISO instant. */
  warn(conversation: string, agent: Agent, to: Severity): Promise<LevelDone<{ until: string }>>;
}

/** A message of an agent. `id` is the desk's own, unique for this agent: the same one again is the same message. */
export interface Message {
  readonly id: string;
  readonly text: string;
}

/**
 * What agents do in conversations. Each is one transaction; whoever waits for it hears of success only after the commit.
 * `agent` is who is signed in; what they may not see is `no-conversation`, as if it were not there.
 */
export interface Floor {
  accept(conversation: string, agent: Agent): Promise<Done<null>>;
  /** A supervisor takes a conversation from whoever has it, or out of the line. */
  takeOver(conversation: string, agent: Agent): Promise<Done<null>>;
  say(conversation: string, agent: Agent, message: Message): Promise<Done<{ seq: number }>>;
  /** Written beside the conversation: the customer never sees it. A supervisor may do so in any. */
  note(conversation: string, agent: Agent, message: Message): Promise<Done<{ seq: number }>>;
  /** Shows the customer that the agent types. */
  types(conversation: string, agent: Agent): Promise<Done<null>>;
  /** To a colleague, or with null back into the line. */
  transfer(conversation: string, agent: Agent, to: Agent | null): Promise<Done<null>>;
  giveBack(conversation: string, agent: Agent): Promise<Done<null>>;
  close(conversation: string, agent: Agent, outcome: Outcome): Promise<Done<null>>;
}

/** What agents promise, and say that they have kept. */
export interface Pledges {
  make(number: string, agent: Agent, promising: { kind: 'update-by' | 'call-back'; due: number }): Promise<Pledged>;
  keep(number: string, agent: Agent, kept: { seq: number; act: 'call' | 'tell' }): Promise<Pledged>;
}
