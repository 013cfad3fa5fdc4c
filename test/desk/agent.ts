import { z } from 'zod';
import { queueEntrySchema } from '#src/desk/queue-entry.ts';
import { rowSchema } from '#src/desk/log-rows.ts';
import type { DeskRow } from '#src/desk/log-rows.ts';
import type { House } from '../house.ts';

/** An agent at the desk of a started server, call by call: nothing is repeated or waited for unless the test says so. */
export class DeskAgent {
  readonly house: House;
  readonly id: string;
  readonly #cookie: string;

  private constructor(house: House, id: string, cookie: string) {
    this.house = house;
    this.id = id;
    this.#cookie = cookie;
  }

  static async come(house: House, id: string): Promise<DeskAgent> {
    const headers = { 'x-frontdesk': '1', origin: house.url, 'content-type': 'application/json' };
    const answer = await fetch(`${house.url}/desk/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ as: id }),
    });
    if (answer.status !== 200) throw new Error(`${id} could not sign in: ${answer.status}`);
    const [cookie = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';');
    return new DeskAgent(house, id, cookie);
  }

  call(path: string, init: { method?: string; json?: unknown; signal?: AbortSignal } = {}): Promise<Response> {
    const { method = 'GET', json, signal } = init;
    const own = { 'x-frontdesk': '1', origin: this.house.url, cookie: this.#cookie };
    return fetch(`${this.house.url}/desk${path}`, {
      method,
      headers: { ...own, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    });
  }

  /** Does something in a conversation; returns the status. */
  async act(conversation: string, what: string, json?: object): Promise<number> {
    const answer = await this.call(`/api/conversations/${conversation}/${what}`, { method: 'POST', json });
    await answer.arrayBuffer();
    return answer.status;
  }

  async queue(): Promise<z.infer<typeof queueEntrySchema>[]> {
    return z.array(queueEntrySchema).parse(await (await this.call('/api/queue')).json());
  }

  /** The whole log of a conversation. */
  async log(conversation: string): Promise<DeskRow[]> {
    const all: DeskRow[] = [];
    for (;;) {
      const after = all.at(-1)?.seq ?? 0;
      const answer = await this.call(`/api/conversations/${conversation}/log?after=${after}&limit=500`);
      const rows = z.array(rowSchema).parse(await answer.json());
      if (rows.length === 0) return all;
      all.push(...rows);
    }
  }
}
