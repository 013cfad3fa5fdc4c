import { z } from 'zod';
import { agentSchema, isThere, skillsSchema } from '#src/handoff/agent.ts';
import type { AgentRecord } from '#src/handoff/agent.ts';
import type { Storage } from '#src/log/ports.ts';
import { bodyOf, type DeskRoute } from './route.ts';

export interface PresenceOptions {
  readonly storage: Storage;
  readonly clock: () => number;
  /** Milliseconds without a sign of life after which an agent's desk counts as closed. */
  readonly patience: number;
}

const presenceSchema = z.object({ state: z.enum(['on-duty', 'away']) });
export const colleagueSchema = agentSchema.omit({ seenAt: true, servedAt: true }).extend({
  /** Whether their desk is open now. */
  there: z.boolean(),
  /** Conversations that they have now. */
  load: z.number().int(),
  /** When they were last given somebody; null: never. */
  servedAt: z.iso.datetime().nullable(),
});

const MOST_AGENTS = 1_000;
const MOST_TALKS = 2_000;

/** Who is at the desk, and what each says of themselves. */
export function presenceRoutes(options: PresenceOptions): DeskRoute[] {
  return [...ownRoutes(options), colleaguesRoute(options)];
}

function ownRoutes({ storage, clock }: PresenceOptions): DeskRoute[] {
  return [
    {
      method: 'PUT',
      path: '/desk/api/me/presence',
      summary: 'On duty: people are offered to me. Away: nobody new.',
      access: 'agent',
      body: presenceSchema,
      status: 200,
      answer: presenceSchema,
      handle: async (call, { agent }) => {
        const { state } = bodyOf(presenceSchema, call);
        await storage.transact(async (unit) => {
          await unit.agents.setPresence(agent.id, state, clock());
          await unit.audit.add({
            at: clock(),
            actor: agent.id,
            action: 'agent.presence',
            subject: agent.id,
            detail: { state },
          });
        });
        return { status: 200, json: { state } };
      },
    },
    {
      method: 'PUT',
      path: '/desk/api/me/skills',
      summary: 'Languages and categories that I serve (none named: all), and how many people at a time.',
      access: 'agent',
      body: skillsSchema,
      status: 200,
      answer: skillsSchema,
      handle: async (call, { agent }) => {
        const skills = bodyOf(skillsSchema, call);
        await storage.transact((unit) => unit.agents.setSkills(agent.id, skills));
        return { status: 200, json: skills };
      },
    },
  ];
}

function colleaguesRoute({ storage, clock, patience }: PresenceOptions): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/agents',
    summary: 'Colleagues: who they are, whether they are there, and how many people each has.',
    access: 'agent',
    status: 200,
    answer: z.array(colleagueSchema),
    handle: async () => {
      const [agents, talks] = await storage.transact(async (unit) => [
        await unit.agents.list(MOST_AGENTS),
        await unit.conversations.withAgent(MOST_TALKS),
      ]);
      const load = Map.groupBy(talks, ({ agent }) => agent);
      const shown = agents.map((agent) => colleagueOf(agent, load.get(agent.id)?.length ?? 0, clock(), patience));
      return { status: 200, json: shown };
    },
  };
}

function colleagueOf(agent: AgentRecord, load: number, now: number, patience: number): z.infer<typeof colleagueSchema> {
  const { seenAt: _seen, servedAt, ...shown } = agent;
  const there = agent.presence !== 'gone' && isThere(agent, now, patience);
  return { ...shown, there, load, servedAt: servedAt === 0 ? null : new Date(servedAt).toISOString() };
}
