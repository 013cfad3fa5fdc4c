import { NoticeBoard } from '#bot/notices/board.ts';
import { NoticeWatch } from '#bot/notices/watch.ts';
import { summaryOf } from '#dialogs/summary.ts';
import type { Tools } from '#dialogs/question.ts';
import type { Config } from './config.ts';
import type { Storage } from './log/ports.ts';
import type { Speaker } from './log/speak.ts';

/** The agents' channel in Teams: who waits, what is critical, what was broken. */
export interface NoticeRoom {
  readonly notices: NoticeBoard;
  readonly noticeWatch: NoticeWatch;
}

export interface NoticeRoomOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly speaker: Speaker;
  readonly tools: Omit<Tools, 'now'>;
  readonly failed: (error: unknown) => void;
}

export function noticeRoom({ config, storage, speaker, tools, failed }: NoticeRoomOptions): NoticeRoom {
  const { phrases, rules } = tools;
  const base = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
  const notices = new NoticeBoard({
    storage,
    speaker,
    phrases,
    channel: config.NOTICE_CHANNEL ?? null,
    language: config.NOTICE_LANGUAGE,
    deskUrl: `${base.replace(/\/$/, '')}/desk`,
    clock: Date.now,
  });
  const noticeWatch = new NoticeWatch({
    storage,
    board: notices,
    levelOf: (state, now) => summaryOf(state, { rules, now })?.severity ?? '',
    after: config.NOTICE_AFTER_S * 1_000,
    again: config.NOTICE_AGAIN_S * 1_000,
    gone: config.DESK_GONE_S * 1_000,
    every: config.HANDOFF_EVERY_S * 1_000,
    clock: Date.now,
    failed,
  });
  return { notices, noticeWatch };
}
