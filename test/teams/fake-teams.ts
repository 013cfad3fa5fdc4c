import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { saidSchema } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';

/** Per bot and conversation: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour (Microsoft Teams, rate limiting for bots). */
export const TEAMS_RATES = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
];

/**
 * What befalls a message, by the tag in its own text (`#lost`). `arrives`: whether the person sees it; what the bot hears of
 * that is another matter.
 */
export const FATES = {
  well: { arrives: true, calls: 1, delivery: 'sent' },
  /** Arrived, and told after two seconds. */
  slow: { arrives: true, calls: 1, delivery: 'sent' },
  /** Arrived, and told when nobody waits any more. */
  late: { arrives: true, calls: 1, delivery: 'uncertain' },
  /** Arrived, and the connection broke before the answer. */
  lost: { arrives: true, calls: 1, delivery: 'uncertain' },
  /** The connection broke before anything was taken. */
  reset: { arrives: false, calls: 1, delivery: 'uncertain' },
  502: { arrives: false, calls: 1, delivery: 'uncertain' },
  504: { arrives: true, calls: 1, delivery: 'uncertain' },
  /** Once, by a service that another change of the conversation was faster than. */
  412: { arrives: true, calls: 2, delivery: 'sent' },
  400: { arrives: false, calls: 1, delivery: 'failed' },
  413: { arrives: false, calls: 1, delivery: 'failed' },
  /** Taken by a proxy that answers with a page. */
  html: { arrives: true, calls: 1, delivery: 'sent' },
  /** Sent elsewhere, where nobody looked whether the bot may go. */
  302: { arrives: false, calls: 1, delivery: 'failed' },
} as const;
export type Fate = keyof typeof FATES;

export interface TeamsCall {
  readonly method: string;
  readonly conversation: string;
  readonly text: string;
  readonly status: number;
}

/**
 * Teams' side of the connector, in the shapes of its REST interface: gives ids, changes and deletes by them, keeps to the rate
 * table, and lets happen to each message what stands in its text.
 */
export class FakeTeams {
  readonly url: string;
  /** Every call, with what was answered; 0: nothing. */
  readonly calls: TeamsCall[] = [];
  readonly #close: () => Promise<void>;
  readonly #shown = new Map<string, Said[]>();
  readonly #times = new Map<string, number[]>();
  readonly #refused = new Map<string, { status: number; code: string }>();

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async open(): Promise<FakeTeams> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (text: string) => (body += text));
      request.on('end', () => teams.#take(request, body, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const teams = new FakeTeams(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return teams;
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** What the person sees in a conversation, in order. */
  shown(conversation: string): readonly Said[] {
    return this.#shown.get(conversation) ?? [];
  }

  callsTo(conversation: string): TeamsCall[] {
    return this.calls.filter((call) => call.conversation === conversation);
  }

  /** From now on the bot may not write there, e.g. because the person blocked it. */
  refuse(conversation: string, status: 403 | 404, code: string): void {
    this.#refused.set(conversation, { status, code });
  }

  allow(conversation: string): void {
    this.#refused.delete(conversation);
  }

  #take(request: IncomingMessage, body: string, response: ServerResponse): void {
    const [, place = '', of] = /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(request.url ?? '') ?? [];
    const conversation = decodeURIComponent(place);
    const method = request.method ?? '';
    const said = body === '' ? { type: 'delete' } : saidSchema.parse(JSON.parse(body));
    const answer: Befalling['answer'] = (status, json, { headers = {}, afterMs = 0 } = {}): void => {
      this.calls.push({ method, conversation, text: said.text ?? '', status });
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof json === 'string' ? json : JSON.stringify(json));
      }, afterMs);
    };
    const cut = (): void => {
      this.calls.push({ method, conversation, text: said.text ?? '', status: 0 });
      request.socket.destroy();
    };
    const refused = this.#refused.get(conversation);
    if (refused) return answer(refused.status, failure(refused.code));
    const wait = this.#wait(conversation);
    if (wait > 0)
      return answer(429, failure('TooManyRequests'), { headers: { 'retry-after': String(Math.ceil(wait / 1_000)) } });
    const taken = (): { id: string } => this.#keep(method, conversation, of, said);
    const tag = /#(\w+)/.exec(said.text ?? '')?.[1] ?? 'well';
    befall[tag in FATES ? (tag as Fate) : 'well']({ answer, cut, taken, isFirst: this.#isFirst(conversation, said) });
  }

  #isFirst(conversation: string, { text }: Said): boolean {
    return !this.calls.some((call) => call.conversation === conversation && call.text === text && call.status !== 429);
  }

  /** Milliseconds until one more would be taken. */
  #wait(conversation: string): number {
    const times = this.#times.get(conversation) ?? [];
    const now = performance.now();
    const waits = TEAMS_RATES.map(({ count, ms }) => {
      const oldest = times.at(-count);
      return oldest === undefined ? 0 : oldest + ms - now;
    });
    const wait = Math.max(0, ...waits);
    if (wait === 0) this.#times.set(conversation, [...times, now]);
    return wait;
  }

  #keep(method: string, conversation: string, of: string | undefined, said: Said): { id: string } {
    const shown = this.#shown.get(conversation) ?? [];
    this.#shown.set(conversation, shown);
    const at = shown.findIndex(({ id }) => id === decodeURIComponent(of ?? ''));
    if (method === 'DELETE') shown.splice(at, at < 0 ? 0 : 1);
    if (method !== 'POST') return { id: decodeURIComponent(of ?? '') };
    const id = randomUUID();
    if (said.type !== 'typing') shown.push({ ...said, id });
    return { id };
  }
}

const failure = (code: string) => ({ error: { code, message: code } });

interface Befalling {
  readonly answer: (
    status: number,
    json: unknown,
    how?: { headers?: Record<string, string>; afterMs?: number },
  ) => void;
  readonly cut: () => void;
  readonly taken: () => { id: string };
  /** Whether it is the first try of this message that got through to here. */
  readonly isFirst: boolean;
}

const befall: Readonly<Record<Fate, (at: Befalling) => void>> = {
  well: ({ answer, taken }) => answer(201, taken()),
  slow: ({ answer, taken }) => answer(201, taken(), { afterMs: 2_000 }),
  late: ({ answer, taken }) => answer(201, taken(), { afterMs: 7_000 }),
  lost: ({ cut, taken }) => {
    taken();
    cut();
  },
  reset: ({ cut }) => cut(),
  502: ({ answer }) => answer(502, '<html>Bad gateway</html>'),
  504: ({ answer, taken }) => {
    taken();
    answer(504, failure('GatewayTimeout'));
  },
  412: ({ answer, taken, isFirst }) => (isFirst ? answer(412, failure('PreconditionFailed')) : answer(201, taken())),
  400: ({ answer }) => answer(400, failure('BadSyntax')),
  413: ({ answer }) => answer(413, failure('MessageSizeTooBig')),
  html: ({ answer, taken }) => {
    taken();
    answer(200, '<html>OK</html>');
  },
  302: ({ answer }) => answer(302, {}, { headers: { location: 'http://127.0.0.1:9/elsewhere' } }),
};
