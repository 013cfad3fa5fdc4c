import { isOnDuty, mayServe } from '#src/handoff/agent.ts';
import { handoffNotice, nextPerson, noticeStep } from '#src/handoff/notice.ts';
import type { Matter, Notice } from '#src/handoff/notice.ts';
import type { CaseLevel } from './level.ts';
import type { Conversation, Storage, Unit } from '#src/log/ports.ts';
import { Rounds } from '#src/log/rounds.ts';
import type { RoundsOptions } from '#src/log/rounds.ts';
import { referenceOf } from '../teams/place.ts';
import type { NoticeBoard } from './board.ts';

export interface NoticeWatchOptions extends RoundsOptions {
  readonly storage: Storage;
  readonly board: NoticeBoard;
  /** What is known of a conversation's level. */
  readonly levelOf: (state: unknown, now: number) => CaseLevel;
  /** Milliseconds: until somebody who waits is told of, until it is told again, and without a sign of life of a desk. */
  readonly after: number;
  readonly again: number;
  readonly gone: number;
  readonly clock: () => number;
}

const MOST = 500;
const MOST_REQUESTS = 100;

/** Looks for what the agents' channel must be told, and what became of what it was told. */
export class NoticeWatch extends Rounds {
  readonly #options: NoticeWatchOptions;

  constructor(options: NoticeWatchOptions) {
    super(options);
    this.#options = options;
  }

  /** One look; nothing where no agents' channel is known. */
  override async round(): Promise<void> {
    const { storage, board, clock, failed } = this.#options;
    const now = clock();
    const found = await storage.transact(async (unit) => {
      if (!(await board.conversation(unit))) return null;
      const fresh = [...(await this.#waiting(unit, now)), ...(await this.#critical(unit, now))];
      return { fresh, known: await unit.notices.unsettled(now, MOST) };
    });
    for (const notice of found?.fresh ?? []) await board.tell(notice).catch(failed);
    for (const notice of found?.known ?? []) {
      if (this.stopped) return;
      await this.#step(notice, now).catch(failed);
    }
  }

  /** A promise was broken: told in the channel, too, where there is one. */
  async promiseBroken(key: string, number: string): Promise<void> {
    const { storage, board, clock } = this.#options;
    const request = await storage.transact((unit) => unit.requests.byNumber(number));
    if (!request) return;
    const { conversation, severity, offering, language } = request;
    const matter = {
      key,
      kind: 'promise-broken',
      conversation,
      request: number,
      severity,
      offering,
      language,
    } as const;
    await board.tell(this.#notice(matter, clock()));
  }

  async #waiting(unit: Unit, now: number): Promise<Notice[]> {
    const { levelOf, after } = this.#options;
    const all = await unit.conversations.untold(MOST);
    return all.flatMap((talk) => {
      const severity = levelOf(talk.state, now);
      // Who is at a standstill is told of at once; the others when nobody took them in a while.
      if (severity !== 'A' && now - talk.ownedSince < after) return [];
      const { id: conversation, epoch, offering, language, ownedSince: since } = talk;
      const key = handoffNotice(conversation, epoch);
      return [this.#notice({ key, kind: 'handoff', conversation, epoch, severity, offering, language, since }, now)];
    });
  }

  async #critical(unit: Unit, now: number): Promise<Notice[]> {
    const open = await unit.requests.open(MOST_REQUESTS);
    const fresh = open.filter(({ severity, createdAt }) => severity === 'A' && now - createdAt < LATELY_MS);
    return fresh.map(({ number, conversation, severity, offering, language, createdAt: since }) => {
      const key = `level-a:${number}`;
      return this.#notice(
        { key, kind: 'level-a', conversation, request: number, severity, offering, language, since },
        now,
      );
    });
  }

  #notice(given: Pick<Notice, 'key' | 'kind' | 'conversation' | 'severity'> & Partial<Notice>, now: number): Notice {
    const nextAt = now + this.#options.again;
    const empty = { epoch: 0, request: null, offering: null, language: null, since: now, activityId: null, by: null };
    return { ...empty, state: 'open', rounds: 1, nextAt, ...given };
  }

  async #step(notice: Notice, now: number): Promise<void> {
    const { storage, board, again } = this.#options;
    const step = noticeStep(notice, await storage.transact((unit) => matterOf(notice, unit)), now);
    switch (step?.kind) {
      case 'close':
        return board.close(notice, step.state, step.by);
      case 'again':
        return board.again(notice, notice.rounds + 1, now + again);
      case 'next-person':
        return this.#toNext(notice, now);
      case undefined:
        return undefined;
    }
  }

  async #toNext(notice: Notice, now: number): Promise<void> {
    const { storage, board, again, gone } = this.#options;
    const place = await storage.transact(async (unit) => {
      const there = await unit.agents.seenSince(now - gone, MOST);
      const able = there.filter((agent) => isOnDuty(agent, now, gone) && mayServe(agent, notice.offering));
      const person = nextPerson(able, notice.rounds);
      return person && privateChat(person.id, await board.conversation(unit), unit);
    });
    const [rounds, nextAt] = [notice.rounds + 1, now + again];
    if (place) return board.tellPerson(notice, place.id, rounds, nextAt);
    await storage.transact((unit) => unit.notices.told(notice.key, rounds, nextAt));
  }
}

/** A request of level A is told of while it is news; one that was filed long before the channel was there is not. */
const LATELY_MS = 60 * 60_000;

/** The agent's own chat with the bot in Teams, where there is one: agents are known by their Entra object id in both. */
async function privateChat(
  objectId: string,
  board: Conversation | undefined,
  unit: Unit,
): Promise<Conversation | null> {
  const tenant = board && referenceOf(board)?.conversation['tenantId'];
  if (typeof tenant !== 'string') return null;
  const chats = await unit.conversations.ofPerson('msteams', `msteams:${tenant}:${objectId}`, 10);
  return chats.find((chat) => referenceOf(chat)?.conversation.conversationType === 'personal') ?? null;
}

async function matterOf({ kind, conversation, epoch, request }: Notice, unit: Unit): Promise<Matter> {
  const talk = await unit.conversations.peek(conversation);
  const has = talk?.owner === 'agent' && talk.agent !== null ? talk.agent : null;
  const by = has === null ? null : ((await unit.agents.byId(has))?.name ?? has);
  switch (kind) {
    case 'handoff':
      if (talk?.owner === 'waiting' && talk.epoch === epoch) return { kind: 'stands' };
      return by === null ? { kind: 'over' } : { kind: 'taken', by };
    case 'level-a':
    case 'promise-broken': {
      const filed = request === null ? undefined : await unit.requests.byNumber(request);
      if (filed?.state !== 'open') return { kind: 'over' };
      return by === null ? { kind: 'stands' } : { kind: 'taken', by };
    }
  }
}
