import type { Language, OfferingId, Severity } from '#knowledge/schema.ts';

/** What the agents' channel is told: somebody waits, a request of level A was filed, a promise was broken. */
export const NOTICE_KINDS = ['handoff', 'level-a', 'promise-broken'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** `open`: nobody has said that they look after it · `taken`: somebody has · `over`: there is nothing to look after any more. */
export const NOTICE_STATES = ['open', 'taken', 'over'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export interface Notice {
  /** One per matter: what it is about, so that it is told once. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly conversation: string;
  /** The epoch in which the person waits; 0 for what is about a request. */
  readonly epoch: number;
  readonly request: string | null;
  readonly severity: Severity | '';
  readonly offering: OfferingId | null;
  readonly language: Language | null;
  readonly state: NoticeState;
  /** How often it was told: in the channel, again, then to one person after the other. */
  readonly rounds: number;
  /** Epoch milliseconds: when it is told again, and since when it is about. */
  readonly nextAt: number;
  readonly since: number;
  /** The channel's id of the card, once it is known: by it the card is changed in place. */
  readonly activityId: string | null;
  /** Who took it, by the name to show. */
  readonly by: string | null;
}

/** The key of a notice that somebody waits, without conversation and epoch. */
export const HANDOFF_NOTICE = 'handoff:';
export const handoffNotice = (conversation: string, epoch: number): string =>
  `${HANDOFF_NOTICE}${conversation}:${epoch}`;

/** What became of the matter, as the office sees it now. */
export type Matter =
  | { readonly kind: 'stands' }
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'over' };

/** What is to be done about a notice now. */
export type NoticeStep =
  | { readonly kind: 'close'; readonly state: 'taken' | 'over'; readonly by: string | null }
  | { readonly kind: 'again' }
  | { readonly kind: 'next-person' }
  | null;

/** So often the whole channel is told; after that one person at a time. */
const IN_CHANNEL = 2;
/** Then the desk and its list of waiting people must do: nobody is written to for ever. */
export const MOST_ROUNDS = 8;

/** What is due: a matter that somebody looks after is said to be so; else it is told again, then to the next person. */
export function noticeStep(notice: Notice, matter: Matter, now: number): NoticeStep {
  if (notice.state === 'over') return null;
  if (matter.kind === 'over') return { kind: 'close', state: 'over', by: notice.by };
  if (notice.state === 'taken') return null;
  if (matter.kind === 'taken') return { kind: 'close', state: 'taken', by: matter.by };
  if (now < notice.nextAt || notice.rounds >= MOST_ROUNDS) return null;
  return notice.rounds < IN_CHANNEL ? { kind: 'again' } : { kind: 'next-person' };
}

/** Who is written to in this round: those on duty by turns, whoever was given somebody longest ago first. */
export function nextPerson<T extends { readonly servedAt: number }>(onDuty: readonly T[], rounds: number): T | null {
  const byTurn = onDuty.toSorted((one, other) => one.servedAt - other.servedAt);
  return byTurn[(rounds - IN_CHANNEL) % Math.max(1, byTurn.length)] ?? null;
}
