import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Notice } from '#src/handoff/notice.ts';
import type { Conversation, LogRow, Storage, Unit } from '#src/log/ports.ts';
import type { Speaker } from '#src/log/speak.ts';
import { newConversation } from '../conversation.ts';
import type { InboundActivity } from '../inbound.ts';
import { NOTICE_STEP, noticeActivity } from './card.ts';
import type { NoticeWords } from './card.ts';

export interface BoardOptions extends NoticeWords {
  readonly storage: Storage;
  readonly speaker: Speaker;
  /** Id of the agents' channel in Teams; null: there is none, and nothing is told. */
  readonly channel: string | null;
  readonly clock: () => number;
}

const noticeSchema = z.object({ channelData: z.object({ notice: z.string() }) });
const CHANNEL = 'msteams';
/** In the log the board is a conversation of its own: what is posted there are its rows, sent in order like all others. */
const boardId = (channel: string): string => `notices:${channel}`;
const BOARD_PERSON = 'notices';

/** The agents' channel: known from the first activity that comes out of it, written to like every conversation. */
export class NoticeBoard {
  readonly #options: BoardOptions;
  #known = false;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** Takes note of where the channel is; true where the activity was a press of a notice's button, and is done with. */
  async heard(activity: InboundActivity): Promise<boolean> {
    const { channel } = this.#options;
    if (channel === null || activity.channelId !== CHANNEL || channelOf(activity) !== channel) return false;
    if (!this.#known) await this.#register(activity, channel);
    this.#known = true;
    const key = pressed(activity);
    if (key === null) return false;
    await this.close({ key }, 'taken', activity.from.name ?? '');
    return true;
  }

  /** Keeps the channel's id of a card, by which it is changed in place. */
  async placed({ body }: LogRow, activityId: string): Promise<void> {
    const key = noticeSchema.safeParse(body).data?.channelData.notice;
    if (key !== undefined && body['type'] === 'message')
      await this.#options.storage.transact((unit) => unit.notices.placed(key, activityId));
  }

  /** The board as a conversation; undefined where nothing was heard of it yet. */
  conversation(unit: Unit): Promise<Conversation | undefined> {
    const { channel } = this.#options;
    return channel === null ? Promise.resolve(undefined) : unit.conversations.byChannel(CHANNEL, boardId(channel));
  }

  /** Tells of a new matter, once, however often it is asked for. */
  async tell(notice: Notice): Promise<void> {
    const board = await this.#options.storage.transact((unit) => this.conversation(unit));
    if (!board) return;
    await this.#options.speaker.on(board.id, async (turn, unit, now) => {
      if (!(await unit.notices.add(notice))) return;
      turn.say('bot', noticeActivity(notice, this.#options, now), null);
    });
  }

  /** Tells of a matter again: the old card may have scrolled away. */
  async again(notice: Notice, rounds: number, nextAt: number): Promise<void> {
    await this.#on(notice.key, async (now, known, turn, unit) => {
      if (known.rounds >= rounds) return;
      await unit.notices.told(known.key, rounds, nextAt);
      turn.say('bot', noticeActivity(known, this.#options, now), null);
    });
  }

  /** Says what became of it: on the card where it stands, else anew. One that is over stays so, and is taken once. */
  async close(notice: Pick<Notice, 'key'>, state: 'taken' | 'over', by: string | null): Promise<void> {
    await this.#on(notice.key, async (now, known, turn, unit) => {
      const may = state === 'over' ? known.state !== 'over' : known.state === 'open';
      if (!may) return;
      await unit.notices.setState(known.key, state, by);
      const body = noticeActivity({ ...known, state, by }, this.#options, now);
      const { activityId } = known;
      turn.say('bot', activityId === null ? body : { ...body, type: 'messageUpdate', id: activityId }, null);
    });
  }

  /** Writes to one person, in their own chat with the bot. */
  async tellPerson(notice: Notice, person: string, rounds: number, nextAt: number): Promise<void> {
    const { storage, speaker } = this.#options;
    await speaker.on(person, async (turn, unit, now) => {
      const known = await unit.notices.byKey(notice.key);
      if (!known || known.rounds >= rounds || known.state !== 'open') return;
      await unit.notices.told(known.key, rounds, nextAt);
      turn.say('bot', withoutButton(noticeActivity(known, this.#options, now)), null);
    });
    // Whoever can't be written to is passed over: the next round is somebody else's.
    await storage.transact(async (unit) => {
      const known = await unit.notices.byKey(notice.key);
      if (known && known.rounds < rounds) await unit.notices.told(notice.key, rounds, nextAt);
    });
  }

  async #on(
    key: string,
    act: (now: number, known: Notice, turn: Parameters<Parameters<Speaker['on']>[1]>[0], unit: Unit) => Promise<void>,
  ): Promise<void> {
    const board = await this.#options.storage.transact((unit) => this.conversation(unit));
    if (!board) return;
    await this.#options.speaker.on(board.id, async (turn, unit, now) => {
      const known = await unit.notices.byKey(key);
      if (known) await act(now, known, turn, unit);
    });
  }

  async #register(activity: InboundActivity, channel: string): Promise<void> {
    const { storage, speaker, phrases, language, clock } = this.#options;
    const { serviceUrl = '', conversation, recipient, channelId } = activity;
    const { tenantId } = conversation;
    const place = {
      id: channel,
      conversationType: 'channel',
      isGroup: true,
      ...(tenantId !== undefined && { tenantId }),
    };
    const bot = { ...recipient, id: recipient?.id ?? 'bot' };
    const reference = { serviceUrl, channelId, conversation: place, user: bot, bot };
    const created = await storage.transact(async (unit) => {
      if (await this.conversation(unit)) return null;
      const board = { channel: CHANNEL, channelConversationId: boardId(channel), person: BOARD_PERSON, tenant: null };
      return unit.conversations.create({
        ...newConversation({ ...board, reference }, randomUUID(), clock()),
        language,
      });
    });
    if (!created) return;
    await speaker.on(created.id, async (turn) => {
      turn.say('bot', { type: 'message', text: phrases.text(language, 'notice.here'), textFormat: 'plain' }, null);
    });
  }
}

/** The channel that an activity comes out of: its thread says it, and an installation the team's. */
function channelOf({ conversation, channelData }: InboundActivity): string {
  const [thread = ''] = conversation.id.split(';');
  const team = channelData?.['channel'] ?? channelData?.['team'];
  const named =
    typeof team === 'object' && team !== null && 'id' in team && typeof team.id === 'string' ? team.id : null;
  return conversation.conversationType === 'channel' || named === null ? thread : named;
}

const pressSchema = z.object({ step: z.literal(NOTICE_STEP), key: z.string().max(256) });
const actionSchema = z.object({ action: z.object({ data: pressSchema }) });

/** The notice whose button was pressed: as a message's value, or in place. */
function pressed({ type, value }: InboundActivity): string | null {
  if (type === 'invoke') return actionSchema.safeParse(value).data?.action.data.key ?? null;
  return type === 'message' ? (pressSchema.safeParse(value).data?.key ?? null) : null;
}

/** In a chat of one's own there is nothing to press: whoever takes the person at the desk has it. */
function withoutButton(body: Record<string, unknown>): Record<string, unknown> {
  const { attachments: _card, ...plain } = body;
  return plain;
}
