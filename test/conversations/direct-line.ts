import { z } from 'zod';
import { randomUUID } from 'node:crypto';
import { LOCALES, saidSchema } from './channel.ts';
import type { Channel, Said } from './channel.ts';

const tokenSchema = z.object({
  token: z.string(),
  expiresIn: z.number(),
  userId: z.string(),
  conversationId: z.string(),
});
const startSchema = z.looseObject({ conversationId: z.string(), token: z.string() });
const setSchema = z.object({
  watermark: z.string(),
  activities: z.array(saidSchema.extend({ from: z.looseObject({ role: z.string().optional() }) })),
});

/** Our own Direct Line endpoint, by polling, as an embedded web chat uses it. */
export const directLineChannel: Channel = {
  name: 'web chat',
  async open(house, as, language) {
    const json = async (path: string, body: unknown, token?: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
      const answer = await fetch(`${house.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    const locale = LOCALES[language];
    const { token } = tokenSchema.parse(await json('/chat/token', { as, locale, timeZone: 'Asia/Tokyo' }));
    const { conversationId } = startSchema.parse(await json('/v3/directline/conversations', { locale }, token));
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    let watermark = '';
    const fresh = async (): Promise<Said[]> => {
      const answer = await fetch(`${house.url}${path}?watermark=${watermark}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const set = setSchema.parse(await answer.json());
      watermark = set.watermark;
      return set.activities.filter(({ from }) => from.role === 'bot');
    };
    const act = async (part: Record<string, unknown>): Promise<Said[]> => {
      await json(path, { locale, from: { id: 'me' }, channelData: { clientActivityID: randomUUID() }, ...part }, token);
      return fresh();
    };
    const greeting = await fresh();
    return {
      greeting,
      say: (text) => act({ type: 'message', text }),
      submit: (value) =>
        act({ type: 'message', value, channelData: { clientActivityID: randomUUID(), postBack: true } }),
      close: () => Promise.resolve(),
    };
  },
};
