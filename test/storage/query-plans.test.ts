import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { migrate } from '#src/storage/migrate.ts';
import type { Lane } from '#src/storage/query.ts';
import { Connection } from '#src/storage/sqlite/connection.ts';
import { Transactions } from '#src/storage/sqlite/transactions.ts';
import { unitOn } from '#src/storage/unit.ts';
import { agent, code, conversation, job, logRow, NOON, notice, request } from './samples.ts';

/** Runs every query of the house once, and says for each how SQLite would find its rows. */
async function plans(): Promise<{ sql: string; plan: string[] }[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  const connection = new Connection(dataDir);
  const transactions = new Transactions(connection);
  await transactions.run(migrate);
  const found: { sql: string; plan: string[] }[] = [];
  const explain = (sql: string, values: readonly unknown[]) => {
    const steps = z.array(z.object({ detail: z.string() })).parse(connection.rows(`explain query plan ${sql}`, values));
    found.push({ sql, plan: steps.map(({ detail }) => detail) });
  };
  await transactions.run((lane) => everything(explaining(lane, explain)));
  await transactions.close();
  connection.close();
  rmSync(dataDir, { recursive: true });
  return found;
}

function explaining(lane: Lane, explain: (sql: string, values: readonly unknown[]) => void): Lane {
  return {
    dialect: lane.dialect,
    rows: (statement, values) => {
      explain(statement.sql, values);
      return lane.rows(statement, values);
    },
    write: (statement, values) => {
      explain(statement.sql, values);
      return lane.write(statement, values);
    },
  };
}

async function everything(lane: Lane): Promise<void> {
  const unit = unitOn(lane);
  const one = await unit.conversations.create(conversation());
  await unit.conversations.byId(one.id);
  await unit.conversations.save(one);
  await unit.conversations.sent(one.id, 1);
  await unit.conversations.withPendingTurns(1);
  await unit.conversations.withUnsentRows(1);
  await unit.conversations.waiting(1);
  await unit.conversations.withAgent(1);
  await unit.conversations.ofPerson(one.channel, one.person, 1);
  await unit.conversations.deskChanges(1, 1);
  await unit.conversations.peek(one.id);
  await unit.conversations.waitingFor('worldwide', one.id);
  await unit.conversations.untold(1);
  await unit.conversations.overdue({ gone: 1, widen: 1, file: 1 }, NOON, 1);
  await unit.conversations.atDesk({ before: null, limit: 1, offerings: ['worldwide'], agent: 'agent-1' });
  await unit.notices.unsettled(NOON, 1);
  await unit.conversations.several([one.id]);
  await unit.conversations.widened([one.id]);
  await unit.rows.lastIn([one.id]);
  await unit.conversations.touchDesk(one.id, 1);
  await unit.notices.add(notice());
  await unit.notices.byKey('handoff:talk:2');
  await unit.notices.told('handoff:talk:2', 2, NOON);
  await unit.notices.placed('handoff:talk:2', 'a');
  await unit.notices.setState('handoff:talk:2', 'taken', 'Ada');
  await unit.agents.enter(agent());
  await unit.agents.byId('agent-1');
  await unit.agents.list(1);
  await unit.agents.seenSince(1, 1);
  await unit.agents.setPresence('agent-1', 'away', 1);
  await unit.agents.setSkills('agent-1', { languages: [], categories: [], capacity: 1 });
  await unit.agents.seen('agent-1', 1);
  await unit.agents.served('agent-1', 1);
  await unit.rows.append([logRow({ conversation: one.id, seq: 1, sourceId: 'a' })]);
  await unit.rows.bySource(one.id, 'a');
  await unit.rows.list(one.id, 0, 1);
  await unit.rows.pending(one.id, 0, 1);
  await unit.rows.setDelivery(one.id, 1, 'failed');
  await unit.rows.redact(one.id, 1, {});
  await unit.codes.keep(code({ conversation: one.id }));
  await unit.codes.of(one.id);
  await unit.jobs.add(job({ id: 'job' }));
  await unit.jobs.dueKinds(NOON);
  await unit.jobs.claim({ kind: 'ticket', now: NOON, until: NOON + 1, limit: 1 });
  await unit.jobs.retry('job', { runAt: NOON, error: '' });
  await unit.jobs.hasten('ticket', '', 1);
  await unit.jobs.revive('job', NOON, ['worldwide']);
  await unit.jobs.byKey('job');
  await unit.jobs.dead(1, ['worldwide']);
  await unit.jobs.bury('job', '');
  await unit.jobs.done('job');
  await unit.jobs.counts();
  const filed = request();
  await unit.requests.insert(filed);
  await unit.requests.byNumber(filed.number);
  await unit.requests.bySubmission(filed.submissionId);
  await unit.requests.ofPerson(filed.person, 1);
  await unit.requests.ofTenant('tenant-1', 1);
  await unit.requests.list(null, 1);
  await unit.requests.list(filed.number, 1);
  await unit.requests.newest(null, 1, ['worldwide']);
  await unit.requests.newest(filed.number, 1, ['worldwide']);
  await unit.requests.open(1);
  await unit.requests.openOf([one.id], ['worldwide']);
  await unit.requests.several([filed.number]);
  await unit.requests.setTicket(filed.number, { system: 'webhook', id: 'x', number: 'x' });
  await unit.requests.events(filed.number);
  const link = { incident: 'EX1', offering: 'worldwide', party: 'tenant-1', conversation: one.id } as const;
  const [owed] = await unit.promises.open({ conversation: filed.conversation });
  if (!owed) throw new Error('a request that promises nothing');
  await unit.promises.find(owed.request, owed.seq);
  await unit.promises.due(owed.due, 1);
  await unit.promises.pressing(owed.due, 1, ['worldwide']);
  await unit.promises.owedFor([owed.request], owed.due);
  await unit.promises.warned(owed, NOON);
  await unit.promises.end(owed, { state: 'broken', reason: 'missed', at: NOON, by: 'clock' });
  await unit.promises.broken(NOON, 1, ['worldwide']);
  await unit.incidents.link({ ...link, title: '', at: NOON });
  await unit.incidents.parties(1);
  await unit.incidents.waiting(link, 1);
  await unit.incidents.told('EX1', one.id, NOON);
  await unit.audit.list(1);
  await unit.spend('id', NOON);
  await unit.isSpent('id');
  for (const what of ['jobs', 'mails', 'notices', 'spent'] as const) await unit.retention[what](NOON, 1);
  await unit.retention.talks(NOON + 1, 1, NOON);
}

const isScan = (step: string) =>
  step.startsWith('SCAN') && !/USING (COVERING )?INDEX|CONSTANT ROW|VIRTUAL TABLE/.test(step);

test('no query reads a whole table: a million conversations cost a turn no more than a thousand', async () => {
  const found = await plans();
  expect(found.length).toBeGreaterThan(30);
  const scans = found.filter(({ plan }) => plan.some(isScan));
  expect(scans).toEqual([]);
  // These two sort the few conversations that their partial index holds.
  const sorted = found.filter(({ plan }) => plan.join(' ').includes('TEMP B-TREE')).map(({ sql }) => sql);
  expect(sorted.filter((sql) => !/done_seq < in_seq|sent_seq < out_seq/.test(sql))).toEqual([]);
});
