import { z } from 'zod';
import { saidSchema } from '../conversations/channel.ts';
import type { House } from '../house.ts';

const mintedSchema = z.looseObject({ token: z.string(), userId: z.string(), conversationId: z.string() });
const openedSchema = z.looseObject({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });
const heardSchema = saidSchema.extend({ id: z.string(), from: z.looseObject({ role: z.string().optional() }) });
export type Heard = z.infer<typeof heardSchema>;
export const setSchema = z.object({ watermark: z.string(), activities: z.array(heardSchema) });

/** Somebody at the web chat, call by call: nothing is repeated or waited for unless the test says so. */
export class Visitor {
  readonly house: House;
  readonly token: string;
  readonly conversation: string;

  private constructor(house: House, minted: z.infer<typeof mintedSchema>) {
    this.house = house;
    this.token = minted.token;
    this.conversation = minted.conversationId;
  }

  static async come(house: House, as: string): Promise<Visitor> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ as, locale: 'en-US', timeZone: 'Asia/Tokyo' });
    const answer = await fetch(`${house.url}/chat/token`, { method: 'POST', headers, body });
    return new Visitor(house, mintedSchema.parse(await answer.json()));
  }

  call(path: string, init: { method?: string; json?: unknown } = {}): Promise<Response> {
    const { method = 'GET', json } = init;
    return fetch(`${this.house.url}/v3/directline${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }

  async open(): Promise<z.infer<typeof openedSchema>> {
    return openedSchema.parse(await (await this.call('/conversations', { method: 'POST', json: {} })).json());
  }

  /** The address of a WebSocket that goes on after `watermark`. */
  async reopen(watermark: string): Promise<string> {
    const answer = await this.call(`/conversations/${this.conversation}?watermark=${watermark}`);
    return openedSchema.parse(await answer.json()).streamUrl;
  }

  /** Posts a message; `id` is the client's own id for it. */
  post(id: string, part: Record<string, unknown>): Promise<Response> {
    const json = { type: 'message', from: { id: 'me' }, channelData: { clientActivityID: id }, ...part };
    return this.call(`/conversations/${this.conversation}/activities`, { method: 'POST', json });
  }

  async read(watermark: string): Promise<z.infer<typeof setSchema>> {
    const answer = await this.call(`/conversations/${this.conversation}/activities?watermark=${watermark}`);
    if (!answer.ok) throw new Error(`reading: ${answer.status}`);
    return setSchema.parse(await answer.json());
  }

  /** The whole conversation, from the beginning. */
  async all(): Promise<Heard[]> {
    const all: Heard[] = [];
    for (let watermark = ''; ;) {
      const set = await this.read(watermark);
      all.push(...set.activities);
      if (set.watermark === watermark) return all;
      watermark = set.watermark;
    }
  }
}
