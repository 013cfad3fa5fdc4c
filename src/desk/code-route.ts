import { z } from 'zod';
import { Refusal } from '#src/http/call.ts';
import type { Conversation, Storage } from '#src/log/ports.ts';
import type { Agent } from './agents.ts';
import { noConversation, visible } from './conversations.ts';
import { bodyOf, type DeskRoute } from './route.ts';
import { verificationOf, verificationSchema } from './verification.ts';

export type CodeRefusal = 'no-conversation' | 'not-yours' | 'no-mail-server' | 'no-address' | 'which' | 'too-many';

/** What sends codes to people; a refusal is expected and says why. */
export interface CodeSender {
  /** Where a code may go, masked, each with an id to choose it by. */
  addresses(conversation: Conversation): readonly { readonly id: string; readonly shown: string }[];
  send(
    conversation: string,
    agent: Agent,
    to: string | null,
  ): Promise<
    | { readonly ok: true; readonly value: { readonly to: string; readonly expiresAt: number } }
    | { readonly ok: false; readonly why: CodeRefusal }
  >;
}

export interface CodeRouteOptions {
  readonly storage: Storage;
  readonly codes: CodeSender;
  readonly clock: () => number;
}

const PATH = '/desk/api/conversations/:id/code';
const chosenSchema = z.object({ to: z.string().min(1).max(64).optional() });
const sentSchema = z.object({ to: z.string(), expiresAt: z.iso.datetime() });
const standingSchema = verificationSchema.extend({
  addresses: z.array(z.object({ id: z.string(), shown: z.string() })),
});

export function codeRoutes({ storage, codes, clock }: CodeRouteOptions): DeskRoute[] {
  return [
    {
      method: 'GET',
      path: PATH,
      summary: 'How the code stands that was sent to a registered mail address, and where one may go.',
      access: 'agent',
      status: 200,
      answer: standingSchema,
      handle: async ({ params }, { agent }) => {
        const id = params['id'] ?? '';
        const json = await storage.transact(async (unit) => {
          const addresses = codes.addresses(await visible(id, agent, unit));
          return { ...(await verificationOf(id, unit, clock())), addresses };
        });
        return { status: 200, json };
      },
    },
    {
      method: 'POST',
      path: PATH,
      summary:
        'Sends the person a code; one that was sent before no longer counts. `to`: id of an address, where there are several.',
      access: 'agent',
      body: chosenSchema,
      status: 200,
      answer: sentSchema,
      handle: async (call, { agent }) => {
        const { to = null } = bodyOf(chosenSchema, call);
        const sent = await codes.send(call.params['id'] ?? '', agent, to);
        if (!sent.ok) throw refusal(sent.why);
        const { to: shown, expiresAt } = sent.value;
        return { status: 200, json: { to: shown, expiresAt: new Date(expiresAt).toISOString() } };
      },
    },
  ];
}

function refusal(why: CodeRefusal): Refusal {
  switch (why) {
    case 'no-conversation':
      return noConversation();
    case 'not-yours':
      return new Refusal(409, 'not-yours', 'You don’t have this conversation (any more).');
    case 'no-mail-server':
      return new Refusal(409, 'no-mail-server', 'No mail server is connected, so no code can be sent.');
    case 'no-address':
      return new Refusal(409, 'no-address', 'No mail address is known that the person’s organization registered.');
    case 'which':
      return new Refusal(400, 'which', 'Please choose one of the registered addresses.');
    case 'too-many':
      return new Refusal(429, 'too-many', 'Too many codes were sent here within the hour.');
  }
}
