import { z } from 'zod';
import type { Conversation, LogRow, Storage } from '#src/log/ports.ts';
import { callConnector } from './connector.ts';
import type { CallOutcome, ConnectorCall } from './connector.ts';
import { allowedService } from './service-url.ts';
import type { ServiceHosts } from './service-url.ts';

/** What is kept of a conversation's channel, to answer it also after a restart. */
export const referenceSchema = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.looseObject({ id: z.string() }),
  user: z.looseObject({ id: z.string() }),
  bot: z.looseObject({ id: z.string() }),
});
export type Reference = z.infer<typeof referenceSchema>;

export interface SenderOptions {
  readonly storage: Storage;
  readonly services: ServiceHosts;
  /** The Authorization header for a service; null in local mode without credentials. */
  readonly authorization: () => Promise<string | null>;
  readonly chance: () => number;
  readonly failed: (error: unknown) => void;
  readonly call?: (call: ConnectorCall) => Promise<CallOutcome>;
}

const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;
const RECOVERY_BATCH = 100;

/**
 * Takes replies to the channels that must be called, in log order, one conversation at a time. What was sent is known from
 * the conversation's cursor; what went wrong is written at the row, where an agent sees it.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #lines = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends the queued ones of these rows after whatever of the conversation is still under way. */
  send(conversation: Conversation, rows: readonly LogRow[]): void {
    const before = this.#lines.get(conversation.id) ?? Promise.resolve();
    const line = before
      .then(() => this.#sendAll(conversation, rows))
      .catch((error: unknown) => this.#options.failed(error));
    this.#lines.set(conversation.id, line);
    void line.finally(() => {
      if (this.#lines.get(conversation.id) === line) this.#lines.delete(conversation.id);
    });
  }

  /** Takes up what a crash left unsent. A row that was on its way when the process died is sent again: better twice than never. */
  async recover(): Promise<number> {
    const { storage } = this.#options;
    const ids = await storage.transact((unit) => unit.conversations.withUnsentRows(10_000));
    for (const id of ids) {
      await storage.transact(async (unit) => {
        const conversation = await unit.conversations.byId(id);
        if (!conversation) return;
        const rows = await unit.rows.list(id, conversation.sentSeq, RECOVERY_BATCH);
        this.send(conversation, rows);
      });
    }
    return ids.length;
  }

  /** Waits for what is under way; what is not sent by then stays in the log for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#lines.values());
  }

  async #sendAll(conversation: Conversation, rows: readonly LogRow[]): Promise<void> {
    const reference = referenceSchema.safeParse(conversation.reference);
    if (!reference.success) return;
    const sources = await this.#sourcesOf(conversation, rows);
    const queued = rows.filter(({ delivery }) => delivery === 'queued');
    for (const row of queued) {
      if (this.#stopped) return;
      await this.#sendOne(reference.data, row, sources.get(row.replyTo ?? 0) ?? null);
    }
    const last = queued.at(-1);
    if (last) await this.#options.storage.transact((unit) => unit.conversations.sent(conversation.id, last.seq));
  }

  /** Channel ids of the activities that are answered: mostly of the same turn, else from the log. */
  async #sourcesOf(conversation: Conversation, rows: readonly LogRow[]): Promise<Map<number, string | null>> {
    const sources = new Map(rows.flatMap((row) => (row.direction === 'in' ? [[row.seq, row.sourceId] as const] : [])));
    const wanted = rows.flatMap(({ replyTo }) => (replyTo === null || sources.has(replyTo) ? [] : [replyTo]));
    if (wanted.length === 0) return sources;
    const after = Math.min(...wanted) - 1;
    const heard = await this.#options.storage.transact((unit) =>
      unit.rows.list(conversation.id, after, RECOVERY_BATCH),
    );
    for (const { seq, sourceId } of heard) sources.set(seq, sourceId);
    return sources;
  }

  async #sendOne(reference: Reference, row: LogRow, replyToId: string | null): Promise<void> {
    const service = allowedService(reference.serviceUrl, this.#options.services);
    if (!service) return this.#mark(row, 'failed');
    const call = await this.#callFor(service, reference, row, replyToId);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await (this.#options.call ?? callConnector)(call);
      switch (outcome.kind) {
        case 'sent':
          return;
        case 'uncertain':
          return this.#mark(row, 'uncertain');
        case 'refused':
          return this.#mark(row, 'failed');
        case 'busy':
        case 'unreachable':
          if (attempt >= MOST_ATTEMPTS) return this.#mark(row, 'failed');
          await this.#pause(outcome, attempt);
      }
    }
  }

  async #pause(outcome: CallOutcome, attempt: number): Promise<void> {
    const asked = outcome.kind === 'busy' ? outcome.retryAfterMs : null;
    const wait = asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.75 + this.#options.chance() / 2);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }

  async #callFor(service: URL, reference: Reference, row: LogRow, replyToId: string | null): Promise<ConnectorCall> {
    const base = `${service.origin}${service.pathname.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(reference.conversation.id)}/activities`;
    const authorization = await this.#options.authorization();
    const changes = row.body['type'] === 'messageUpdate' || row.body['type'] === 'messageDelete';
    const target = changes && typeof row.body['id'] === 'string' ? row.body['id'] : replyToId;
    const url = new URL(target === null ? base : `${base}/${encodeURIComponent(target)}`);
    if (row.body['type'] === 'messageDelete') return { method: 'DELETE', url, body: null, authorization };
    const type = changes ? 'message' : row.body['type'];
    const activity = { ...row.body, type, ...addressed(reference), ...(replyToId !== null && { replyToId }) };
    return { method: changes ? 'PUT' : 'POST', url, body: JSON.stringify(activity), authorization };
  }

  async #mark(row: LogRow, delivery: 'uncertain' | 'failed'): Promise<void> {
    await this.#options.storage.transact((unit) => unit.rows.setDelivery(row.conversation, row.seq, delivery));
  }
}

function addressed({ channelId, serviceUrl, conversation, user, bot }: Reference): Record<string, unknown> {
  return { channelId, serviceUrl, conversation, from: { ...bot, role: 'bot' }, recipient: user };
}
