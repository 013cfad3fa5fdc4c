import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import { runErase } from '#src/cli/erase.ts';
import type { Unit } from '#src/log/ports.ts';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { code as sentCode, conversation, job, logRow, NOON, request } from './samples.ts';

const CANARY = 'Canary_100%';
const MAIL = 'Wren_1@example.test';

/** A person with a talk in each of two channels, a closed request, and traces everywhere; each word of theirs is a canary. */
async function live(unit: Unit, person: string, email: string, canary: string): Promise<void> {
  const facts = { name: canary, tenant: 'Bystander' };
  const state = { facts, case: { description: canary, contact: { email } } };
  const reference = { user: { name: canary } };
  for (const channel of ['directline', 'msteams']) {
    const id = `${channel} of ${person}`;
    const given = { id, channel, channelConversationId: `${canary} ${id}`, person, state, reference, tenant: canary };
    await unit.conversations.create(conversation({ ...given, lastSeq: 2 }));
    for (const seq of [1, 2])
      await unit.rows.append([logRow({ conversation: id, seq, body: { type: 'message', text: canary } })]);
    const bytes = new TextEncoder().encode(canary);
    await unit.files.add({ id: `f ${id}`, conversation: id, name: canary, type: 'image/png', bytes, at: NOON });
    await unit.codes.keep(sentCode({ id: `c ${id}`, conversation: id, to: canary }));
    const fetching = { place: `${canary} ${id}`, name: canary };
    await unit.jobs.add(job({ id: `file ${id}`, key: `file ${id}`, payload: fetching }));
    await unit.jobs.bury(`file ${id}`, 'refused');
    const link = { incident: 'EX1', offering: 'worldwide', party: canary, title: '', at: NOON } as const;
    await unit.incidents.link({ ...link, conversation: id });
    const opinion = { kind: 'helpful', topic: 'mail', language: 'en', score: null, at: NOON } as const;
    await unit.feedback.add({ ...opinion, conversation: id, question: canary, comment: canary });
  }
  const number = `SR of ${person}`;
  const conversationOf = `directline of ${person}`;
  const contact = { name: canary, method: 'email', email, phone: canary, language: 'en' } as const;
  const filed = { description: canary, impact: canary, contact, personName: canary, tenant: canary };
  const evidence = [{ signal: 'all', text: canary, start: 0, end: 1 }];
  const customer = { id: canary, name: canary };
  await unit.requests.insert(request({ number, conversation: conversationOf, person, ...filed, evidence, customer }));
  await unit.requests.setTicket(number, { system: 'webhook', id: 'x', number: 'EXT-1' });
  const told = { number, at: NOON, actor: person };
  await unit.requests.addEvent({ ...told, seq: 2, kind: 'information-added', data: { text: canary } });
  await unit.mails.add({ id: `m ${person}`, to: email.toUpperCase(), subject: canary, text: canary, at: NOON });
  await unit.jobs.add(job({ id: `dead ${person}`, payload: { number, text: canary } }));
  await unit.jobs.bury(`dead ${person}`, 'refused');
}

const close = (unit: Unit, person: string) =>
  unit.requests.addEvent({
    number: `SR of ${person}`,
    seq: 3,
    at: NOON,
    actor: 'agent-1',
    kind: 'closed',
    data: { outcome: 'solved' },
  });

/** Everything that is stored of both, as whoever looks at the tables would find it. */
async function found(unit: Unit): Promise<string> {
  const all: unknown[] = [await unit.mails.list(9), await unit.jobs.dead(20, OFFERINGS), await unit.audit.list(9)];
  for (const person of ['wren', 'robin'])
    for (const channel of ['directline', 'msteams']) {
      const id = `${channel} of ${person}`;
      const file = await unit.files.byId(`f ${id}`);
      all.push(await unit.conversations.byId(id), await unit.rows.list(id, 0, 9), await unit.codes.of(id));
      all.push(file && [file.name, new TextDecoder().decode(file.bytes)]);
      all.push(await unit.requests.byNumber(`SR of ${person}`), await unit.requests.events(`SR of ${person}`));
    }
  all.push(await unit.feedback.list({ since: 0, offset: 0, limit: 9 }), await unit.incidents.parties(9));
  return JSON.stringify(all);
}

describe.each(engines)('a person is erased, on $name', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await engine.open();
    await opened.storage.transact(async (unit) => {
      await live(unit, 'wren', MAIL, CANARY);
      await live(unit, 'robin', 'wren-1@example.test', 'Bystander');
      const added = { number: 'SR of robin', at: NOON, actor: 'colleague', kind: 'information-added' } as const;
      await unit.requests.addEvent({ ...added, seq: 3, data: { text: CANARY, by: CANARY } });
      await unit.requests.addEvent({ ...added, seq: 4, data: { text: 'Bystander', by: 'Bystander' } });
      // Another colleague of that name: theirs by key; and one more of wren's own, under a name they had then.
      await unit.requests.addEvent({ ...added, seq: 5, person: 'heron', data: { text: 'Namesake', by: CANARY } });
      await unit.requests.addEvent({ ...added, seq: 6, person: 'wren', data: { text: 'Canary', by: 'Canary' } });
    });
  });
  afterAll(() => opened.drop());

  const erase = async (options: Record<string, string>) => {
    const lines: string[] = [];
    const told: string[] = [];
    const given = { options, out: (line: string) => lines.push(line), tell: (line: string) => told.push(line) };
    const code = await runErase(opened.storage, given);
    return { code, told, lines: lines.map((line): unknown => JSON.parse(line)) };
  };

  test('nobody of that kind: 1, also where a sign in the address could stand for another', async () => {
    expect(await erase({ person: 'nobody' })).toMatchObject({ code: 1, lines: [] });
    expect(await erase({ mail: 'wren%@example.test' })).toMatchObject({ code: 1, lines: [] });
    await expect(erase({})).rejects.toThrow('Either');
  });

  test('while something is open for them nothing is changed, and what it is, is said', async () => {
    const before = await opened.storage.transact(async (unit) => {
      await unit.jobs.add(job({ id: 'owed', key: 'owed', payload: { number: 'SR of wren' } }));
      // Under seal, and a line of somebody else's request: known by their keys alone.
      for (const key of ['mail:code:c msteams of wren', 'ticket:SR of robin:3'])
        await unit.jobs.add(job({ id: key, key, payload: { sealed: 'x' } }));
      return found(unit);
    });
    const { code, lines } = await erase({ person: 'wren' });
    expect(code).toBe(1);
    const jobs = ['mail:code:c msteams of wren', 'owed', 'ticket:SR of robin:3'];
    expect(lines).toEqual([{ person: 'wren', owed: { requests: ['SR of wren'], talks: [], jobs } }]);
    expect(await opened.storage.transact(found)).toBe(before);
  });

  test('then every word of theirs goes, everybody else’s stays, and what is counted is counted as before', async () => {
    await opened.storage.transact(async (unit) => {
      await close(unit, 'wren');
      for (const id of ['owed', 'mail:code:c msteams of wren', 'ticket:SR of robin:3']) await unit.jobs.done(id);
    });
    const { code, lines } = await erase({ mail: MAIL });
    expect(code).toBe(0);
    const went = { talks: 2, rows: 4, files: 2, requests: 1, opinions: 2, mails: 1, jobs: 3, added: 2 };
    const elsewhere = [{ system: 'webhook', number: 'EXT-1' }];
    expect(lines).toEqual([{ person: 'wren', removed: { ...went, elsewhere }, as: expect.stringMatching(/^erased:/) }]);
    await opened.storage.transact(async (unit) => {
      const [line] = (await unit.requests.events('SR of robin')).filter(({ seq }) => seq === 5);
      expect(line).toMatchObject({ person: 'heron', data: { text: 'Namesake', by: CANARY } });
      const left = (await found(unit)).replaceAll(JSON.stringify(line), '');
      expect(left).not.toMatch(/Canary|wren_1|"wren"/i);
      expect(left.match(/Bystander/g)?.length).toBeGreaterThan(20);
      const kept = await unit.requests.byNumber('SR of wren');
      expect(kept).toMatchObject({
        state: 'closed',
        severity: 'B',
        category: 'technical',
        createdAt: NOON,
        personName: '',
      });
      expect((await unit.requests.events('SR of wren')).map(({ data }) => data)).toEqual([
        { severity: 'B', respondBy: '2026-03-03T01:00:00.000Z' },
        {},
        { outcome: 'solved' },
      ]);
      expect(await unit.feedback.list({ since: 0, offset: 0, limit: 9 })).toHaveLength(4);
      const [noted] = await unit.audit.list(1);
      expect(noted).toMatchObject({ actor: 'operator', action: 'person.erased', detail: went });
    });
    expect(await erase({ mail: MAIL })).toMatchObject({ code: 1, lines: [] });
  });
});
