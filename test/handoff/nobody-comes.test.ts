import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HandoffWatch } from '#bot/handoff-watch.ts';
import { giveUp } from '#bot/unserved.ts';
import { LANGUAGES, type Language } from '#knowledge/schema.ts';
import { sampleDirectory } from '#src/outside/sample/directory.ts';
import { openOffice } from '../conversations/office.ts';
import type { Office, Visit } from '../conversations/office.ts';
import { countingTools, NOW } from '../dialogs/talk.ts';
import { agent } from '../storage/samples.ts';
import { floorOn, worker } from './floor.ts';

const MINUTE = 60_000;
const patience = { gone: 2 * MINUTE, widen: 3 * MINUTE, file: 10 * MINUTE };

const SAYS: Readonly<Record<Language, { problem: string; human: string }>> = {
  en: { problem: 'Ten people cannot open their calendars in Outlook since this morning.', human: 'agent' },
  'zh-CN': { problem: '从今天早上开始，十名同事在 Outlook 中打不开日历。', human: '人工' },
  ja: { problem: '今朝から十名が Outlook の予定表を開けません。', human: 'オペレーター' },
};

let office: Office;
let now = NOW;
const clock = () => now;
beforeEach(async () => {
  now = NOW;
  office = await openOffice(sampleDirectory);
  const seen = { seenAt: NOW, name: 'Mei', languages: [] } as const;
  await office.storage.transact((unit) => unit.agents.enter(agent({ id: 'agent-1', ...seen })));
});
afterEach(() => office.close());

function watched() {
  const { storage } = office;
  const { floor, speaker } = floorOn(storage, clock);
  const tools = countingTools(NOW);
  const mint = { submissionId: randomUUID, requestNumber: randomUUID };
  const watch = new HandoffWatch({
    storage,
    speaker,
    phrases: tools.phrases,
    patience,
    giveUp: giveUp({ tools: { ...tools, mint }, newId: randomUUID }),
    every: MINUTE,
    clock,
    failed: (error) => {
      throw error;
    },
  });
  /** Looks `minutes` later, twice: what was done is not done again. Returns what the customer was told. */
  const after = async (visit: Visit, minutes: number): Promise<string[]> => {
    now += minutes * MINUTE;
    const { lastSeq } = await talkOf(visit);
    await watch.round();
    await watch.round();
    const rows = await storage.transact((unit) => unit.rows.list(visit.id, lastSeq, 100));
    return rows.flatMap(({ role, body: { text } }) => (role === 'bot' && typeof text === 'string' ? [text] : []));
  };
  return { floor, after, text: tools.phrases.text.bind(tools.phrases) };
}

async function talkOf({ id }: Visit) {
  const found = await office.storage.transact((unit) => unit.conversations.byId(id));
  if (!found) throw new Error('no conversation');
  return found;
}

async function waiting(language: Language): Promise<Visit> {
  const visit = await office.visit('pulled', 'sample:admin-direct', language);
  await visit.say(SAYS[language].problem);
  await visit.say(SAYS[language].human);
  expect((await talkOf(visit)).owner).toBe('waiting');
  return visit;
}

describe.each(LANGUAGES)('in %s', (language) => {
  test('whom nobody takes is shown to everybody, then filed by itself, and told both, each once', async () => {
    const { after, text } = watched();
    const visit = await waiting(language);
    expect(await after(visit, 2)).toEqual([]);
    const [widened, ...more] = await after(visit, 2);
    expect(widened).toContain(text(language, 'handoff.widened'));
    expect(more).toEqual([]);
    expect(await after(visit, 5)).toEqual([]);
    const told = (await after(visit, 2)).join('\n');
    const [filed, ...others] = await visit.requests();
    expect(others).toEqual([]);
    expect(filed?.description).toBe(SAYS[language].problem);
    expect(told).toContain(text(language, 'handoff.unserved'));
    expect(told).toContain(filed?.number);
    expect((await talkOf(visit)).owner).toBe('bot');
    expect(await after(visit, 30)).toEqual([]);
  });

  test('whose agent’s desk is closed is back at their old place, and told; what the agent writes late reaches nobody', async () => {
    const { floor, after, text } = watched();
    const visit = await waiting(language);
    const mei = worker('agent-1', { name: 'Mei' });
    const { waitingSince } = await talkOf(visit);
    expect((await floor.accept(visit.id, mei)).ok).toBe(true);
    expect(await after(visit, 1)).toEqual([]);
    const [lost] = await after(visit, 2);
    expect(lost).toContain(text(language, 'handoff.agent-gone', { agent: 'Mei' }));
    expect(await talkOf(visit)).toMatchObject({ owner: 'waiting', agent: null, waitingSince });
    const late = await floor.say(visit.id, mei, { id: 'late', text: 'late-canary' });
    expect(late).toMatchObject({ ok: false, why: 'not-yours' });
    const rows = await office.storage.transact((unit) => unit.rows.list(visit.id, 0, 100));
    expect(JSON.stringify(rows)).not.toContain('late-canary');
  });
});
