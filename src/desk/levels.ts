import { z } from 'zod';
import { severitySchema } from '#knowledge/schema.ts';
import { LOWERING } from '#src/handoff/level.ts';
import { Refusal, type Call } from '#src/http/call.ts';
import { noConversation } from './conversations.ts';
import type { LevelDone } from '#src/handoff/done.ts';
import type { Levels } from './ports.ts';
import { bodyOf, type DeskRoute } from './route.ts';

const changeSchema = z.object({
  severity: severitySchema,
  /** In the agent's words; the customer reads them, too. */
  reason: z.string().trim().min(1).max(500),
  /** Only for lowering. `customer-silent` and `no-resources` ask for a warning whose time has passed. */
  cause: z.enum(LOWERING).default('customer-silent'),
});
const warningSchema = z.object({ severity: severitySchema });
const BASE = '/desk/api/conversations/:id';
const CHANGE = { method: 'POST', access: 'agent', status: 200 } as const;

/** The level of a matter, changed by the agent who has it. */
export function levelRoutes(levels: Levels): DeskRoute[] {
  return [
    {
      ...CHANGE,
      path: `${BASE}/severity`,
      summary: 'Changes the level, within the rules. Lowering for a silent customer only after a warning and its time.',
      body: changeSchema,
      answer: z.object({ severity: severitySchema }),
      handle: async (call, { agent }) => {
        const { severity: to, reason, cause: why } = bodyOf(changeSchema, call);
        return { status: 200, json: told(await levels.change(idOf(call), agent, { to, reason, why })) };
      },
    },
    {
      ...CHANGE,
      path: `${BASE}/warning`,
      summary: 'Warns the customer that the level falls to this one when nothing is heard.',
      body: warningSchema,
      answer: z.object({ until: z.iso.datetime() }),
      handle: async (call, { agent }) => {
        const { severity } = bodyOf(warningSchema, call);
        return { status: 200, json: told(await levels.warn(idOf(call), agent, severity)) };
      },
    },
  ];
}

const idOf = ({ params }: Call): string => params['id'] ?? '';

function told<T>(done: LevelDone<T>): T {
  if (done.ok) return done.value;
  if (done.why === 'no-conversation') throw noConversation();
  throw new Refusal(409, done.why, WORDS[done.why]);
}

const WORDS: Readonly<Record<Exclude<Extract<LevelDone<never>, { ok: false }>['why'], 'no-conversation'>, string>> = {
  'not-yours': 'You don’t have this conversation (any more).',
  same: 'That is no change.',
  cap: 'The rules don’t grant this level here: see the entitlement.',
  'warning-first':
    'Send the customer a warning first (POST …/warning), or say that they agreed (cause "customer-agreed").',
  'warning-runs': 'The time of the warning has not passed yet.',
  answered: 'The customer has answered since the warning.',
};
