import { randomInt, randomUUID } from 'node:crypto';
import { Floor } from '#bot/floor.ts';
import type { FloorOptions } from '#bot/floor.ts';
import { CodeDesk } from '#bot/send-code.ts';
import { HandoffWatch } from '#bot/handoff-watch.ts';
import { Levels } from '#bot/levels.ts';
import { giveUp } from '#bot/unserved.ts';
import { afterAgent } from '#dialogs/after-agent.ts';
import type { Tools } from '#dialogs/question.ts';
import type { Config } from './config.ts';
import { Waits } from './handoff/waits.ts';
import type { Seal } from './log/seal.ts';
import { Speaker } from './log/speak.ts';
import type { SpeakerOptions } from './log/speak.ts';

/** The parts that hand people over to agents and back. */
export interface HandoffRoom {
  readonly speaker: Speaker;
  readonly floor: Floor;
  readonly handoffs: HandoffWatch;
  readonly codes: CodeDesk;
  readonly levels: Levels;
}

export interface HandoffRoomOptions extends SpeakerOptions {
  readonly config: Config;
  readonly seal: Seal;
  readonly tools: Omit<Tools, 'now'>;
  readonly handing: ReturnType<typeof handingOver>;
  readonly typing: FloorOptions['typing'];
  readonly pushTyping: FloorOptions['pushTyping'];
  readonly failed: (error: unknown) => void;
}

/** What the turns need to know of agents: what the bot says when one has left, and how long a silent desk is believed in. */
export function handingOver(
  config: Config,
  tools: Omit<Tools, 'now'>,
): Pick<FloorOptions, 'afterAgent' | 'waits'> & { patience: number } {
  return {
    waits: new Waits(),
    afterAgent: (stored, ended, now) => afterAgent(stored, ended, { ...tools, now }),
    patience: config.DESK_GONE_S * 1_000,
  };
}

export function handoffRoom(options: HandoffRoomOptions): HandoffRoom {
  const { config, tools, storage, clock, failed, typing, pushTyping } = options;
  const { phrases } = tools;
  const speaker = new Speaker(options);
  const { DESK_GONE_S, HANDOFF_WIDEN_S, HANDOFF_FILE_S, HANDOFF_EVERY_S, LEVEL_WARNING_S } = config;
  const handoffs = new HandoffWatch({
    storage,
    speaker,
    phrases,
    patience: { gone: DESK_GONE_S * 1_000, widen: HANDOFF_WIDEN_S * 1_000, file: HANDOFF_FILE_S * 1_000 },
    giveUp: giveUp({ tools, newId: randomUUID }),
    every: HANDOFF_EVERY_S * 1_000,
    clock,
    failed,
  });
  const levels = new Levels({ speaker, tools, warning: LEVEL_WARNING_S * 1_000 });
  const floor = new Floor({ speaker, phrases, typing, pushTyping, ...options.handing });
  const codes = new CodeDesk({
    speaker,
    tools,
    seal: options.seal,
    newId: randomUUID,
    random: (below) => randomInt(below),
    canMail: config.mail !== null || config.mode === 'local',
  });
  return { speaker, floor, handoffs, levels, codes };
}
