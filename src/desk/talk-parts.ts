import { Refusal } from '#src/http/call.ts';
import { fileAnswer } from '#src/http/file.ts';
import { contactIs, mayHave, wantedContactSchema, withheld } from './contact.ts';
import { packetFor, visible, type ConversationOptions } from './conversations.ts';
import { shownTalkSchema } from './packet.ts';
import { bodyOf, type DeskRoute } from './route.ts';

/** What is asked for by itself of a conversation: how to reach the customer, a file that they sent. */
export function talkPartRoutes(options: ConversationOptions): DeskRoute[] {
  return [contactRoute(options), fileRoute(options)];
}

function contactRoute(options: ConversationOptions): DeskRoute {
  const { storage, clock } = options;
  return {
    method: 'POST',
    path: '/desk/api/conversations/:id/contact',
    summary:
      'The whole contact, wherever it was written, to call or to write, where nobody has the conversation; for supervisors always. It is noted in the audit.',
    access: 'agent',
    body: wantedContactSchema,
    status: 200,
    answer: shownTalkSchema,
    handle: async (call, { agent }) => {
      const { reason } = bodyOf(wantedContactSchema, call);
      const subject = call.params['id'] ?? '';
      const { shown, packet } = await storage.transact(async (unit) => {
        const conversation = await visible(subject, agent, unit);
        const is = contactIs(agent, conversation);
        if (!mayHave(is)) return { shown: is, packet: null };
        const at = clock();
        await unit.audit.add({ at, actor: agent.id, action: 'contact.read', subject, detail: { reason } });
        return { shown: is, packet: await packetFor(conversation, agent, unit, { ...options, asked: true }) };
      });
      if (!mayHave(shown)) throw withheld(shown);
      return { status: 200, json: { contact: packet?.case?.contact ?? null, packet } };
    },
  };
}

function fileRoute({ storage }: ConversationOptions): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/conversations/:id/files/:file',
    summary: 'A file that the customer sent.',
    access: 'agent',
    status: 200,
    handle: async ({ params }, { agent }) => {
      const file = await storage.transact(async (unit) => {
        const { id } = await visible(params['id'] ?? '', agent, unit);
        const found = await unit.files.byId(params['file'] ?? '');
        return found?.conversation === id ? found : null;
      });
      if (!file) throw new Refusal(404, 'no-file', 'There is no such file.');
      return fileAnswer(file);
    },
  };
}
