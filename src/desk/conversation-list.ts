import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, severitySchema } from '#knowledge/schema.ts';
import { mayServe } from '#src/handoff/agent.ts';
import { isAgent, OWNERS } from '#src/handoff/standing.ts';
import type { Conversation } from '#src/log/ports.ts';
import type { Agent } from './agents.ts';
import { contactIs, hiding } from './contact.ts';
import type { ConversationOptions } from './conversations.ts';
import { isoOrNull } from './iso.ts';
import { short } from './queue.ts';
import { idsOf, wholeOf, type DeskRoute } from './route.ts';

/** One conversation of the list, with enough of its case to know which one it is. */
export const lineSchema = z.object({
  conversation: z.string(),
  person: z.string().nullable(),
  severity: z.union([severitySchema, z.literal('')]),
  category: categorySchema.nullable(),
  summary: z.string(),
  channel: z.string(),
  owner: z.enum(OWNERS),
  agent: z.string().nullable(),
  offering: offeringIdSchema.nullable(),
  language: languageSchema.nullable(),
  seq: z.number().int(),
  waitingSince: z.iso.datetime().nullable(),
  changedAt: z.iso.datetime(),
});

const LINES = { byDefault: 100, most: 500 };

export function talkListRoute(options: ConversationOptions): DeskRoute {
  const { storage } = options;
  return {
    method: 'GET',
    path: '/desk/api/conversations',
    summary: 'Conversations that the desk had or has, the latest change first: an agent’s own, a supervisor’s all.',
    query: {
      limit: `How many at most, up to ${LINES.most}; ${LINES.byDefault} where it is not given.`,
      before: 'Milliseconds of the last one seen: the next page begins behind it.',
      ids: 'Ids of conversations, with commas between them: only these, after an event that names them.',
    },
    access: 'agent',
    status: 200,
    answer: z.array(lineSchema),
    handle: async (call, { agent }) => {
      const limit = wholeOf(call, 'limit', LINES);
      const before = Number(call.query.get('before') ?? 'NaN');
      const page = {
        before: Number.isSafeInteger(before) ? before : null,
        limit,
        offerings: agent.queues,
        // An agent sees whom they have; who waits is in the queue; everything else is a supervisor's to see.
        agent: agent.role === 'agent' ? agent.id : null,
      };
      const ids = idsOf(call);
      const all = await storage.transact(async (unit) => {
        if (ids === null) return unit.conversations.atDesk(page);
        return (await unit.conversations.several(ids)).filter((one) => isListed(one, agent));
      });
      return { status: 200, json: all.map((one) => lineOf(one, agent, options)) };
    },
  };
}

/** As `atDesk` finds them. */
function isListed(conversation: Conversation, agent: Agent): boolean {
  if (conversation.deskAt === null || !mayServe(agent, conversation.offering)) return false;
  return agent.role !== 'agent' || isAgent(conversation, agent.id);
}

function lineOf(
  conversation: Conversation,
  viewer: Agent,
  { readPacket, clock }: ConversationOptions,
): z.infer<typeof lineSchema> {
  const { id, channel, owner, agent, offering, language, lastSeq, waitingSince, deskAt } = conversation;
  const known = readPacket(conversation.state, clock());
  const written = known?.description ?? '';
  const isWhole = contactIs(viewer, conversation) === 'whole';
  return {
    conversation: id,
    person: known?.person.name ?? null,
    severity: known?.severity.level ?? '',
    category: known?.category ?? null,
    summary: short(isWhole || known === null ? written : hiding([known.contact])(written)),
    channel,
    owner,
    agent,
    offering,
    language,
    seq: lastSeq,
    waitingSince: isoOrNull(waitingSince),
    changedAt: new Date(deskAt ?? 0).toISOString(),
  };
}
