import { Floor } from '#bot/floor.ts';
import type { Worker } from '#src/handoff/done.ts';
import { afterAgent } from '#dialogs/after-agent.ts';
import { OFFERINGS } from '#knowledge/schema.ts';
import { Waits } from '#src/handoff/waits.ts';
import type { Storage } from '#src/log/ports.ts';
import { Speaker } from '#src/log/speak.ts';
import { Typing } from '#src/log/typing.ts';
import { Watchers } from '#src/log/watchers.ts';
import { countingTools } from '../dialogs/talk.ts';

const nothing = (): void => undefined;

/** What agents do, over a real database and with the real dialogs; the clock is the test's. */
export function floorOn(storage: Storage, clock: () => number): { speaker: Speaker; floor: Floor } {
  const tools = countingTools(clock());
  const speaker = new Speaker({ storage, watchers: new Watchers(), send: nothing, wakeWorker: nothing, clock });
  const floor = new Floor({
    speaker,
    phrases: tools.phrases,
    waits: new Waits(),
    typing: new Typing(),
    pushTyping: nothing,
    afterAgent: (stored, ended, now) => afterAgent(stored, ended, { ...tools, now }),
  });
  return { speaker, floor };
}

export const worker = (id: string, given: Partial<Worker> = {}): Worker => ({
  id,
  name: id,
  role: 'agent',
  queues: OFFERINGS,
  ...given,
});
