import { done, later, refused, UNREACHABLE } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import { retryAfterOf } from '../../client.ts';
import { harmless, isSuccess } from '../ask.ts';
import type { Answered, Ask, Question } from '../ask.ts';
import { ClientToken } from '../client-token.ts';
import { progressIn } from './answer.ts';
import { AZURE_ADDRESSES } from './cloud.ts';

const VERSION = '2024-04-01';
/** An operation is looked at so often within one attempt; the next attempt goes on by the ticket's name. */
const MOST_LOOKS = 3;
const LOOK_AGAIN_MS = 2_000;
const LONGEST_PAUSE_MS = 4_000;
const COME_BACK_MS = 30_000;

export interface ArmOptions {
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ask: Ask;
  readonly clock: () => number;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Azure Resource Manager, in the name of an app. */
export class Arm {
  readonly #options: ArmOptions;
  readonly #base: string;
  readonly #token: ClientToken;

  constructor(options: ArmOptions) {
    const { cloud, tenant, clientId, clientSecret, ask, clock } = options;
    const { arm, login } = AZURE_ADDRESSES[cloud];
    this.#options = options;
    this.#base = arm;
    const url = `${login}/${tenant}/oauth2/v2.0/token`;
    this.#token = new ClientToken({ url, clientId, clientSecret, scope: `${arm}/.default` }, ask, clock);
  }

  now(): number {
    return this.#options.clock();
  }

  url(path: string): string {
    return `${this.#base}${path}?api-version=${VERSION}`;
  }

  /** Reads what must be there. */
  async read(url: string): Promise<Delivery<Answered>> {
    const answered = await this.look(url);
    if (answered.kind !== 'done') return answered;
    return answered.value ? done(answered.value) : refused('refused-404');
  }

  /** Reads what may be there; null where it isn't. */
  async look(url: string): Promise<Delivery<Answered | null>> {
    const answered = await this.#authorized({ method: 'GET', url });
    if (answered.kind !== 'done') return answered;
    if (isSuccess(answered.value)) return done(answered.value);
    return answered.value.status === 404 ? done(null) : harmless(answered.value, this.now());
  }

  /** Writes what has a name of its own, so that it may be written again; waits a little for what goes on over there. */
  async write(question: Question): Promise<Delivery<Answered>> {
    const answered = await this.#authorized(question);
    if (answered.kind !== 'done') return answered;
    if (answered.value.status === 202) return this.#follow(answered.value);
    return isSuccess(answered.value) ? done(answered.value) : harmless(answered.value, this.now());
  }

  /** An answer, whatever it says; later where there is none. The token goes to no other host, whatever an answer names. */
  async #authorized(question: Question): Promise<Delivery<Answered>> {
    if (new URL(question.url).origin !== this.#base) return refused('foreign-address');
    const asked = await this.#token.authorized(question);
    if (asked.kind !== 'done') return asked;
    return asked.value.kind === 'answered' ? done(asked.value) : later(UNREACHABLE);
  }

  async #follow(accepted: Answered): Promise<Delivery<Answered>> {
    const where = accepted.headers.get('azure-asyncoperation') ?? accepted.headers.get('location') ?? '';
    if (!URL.canParse(where)) return later('in-progress', COME_BACK_MS);
    let { headers } = accepted;
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const wait = retryAfterOf(headers, this.now()) ?? LOOK_AGAIN_MS;
      if (wait > LONGEST_PAUSE_MS) break;
      await this.#options.pause(wait);
      const looked = await this.#authorized({ method: 'GET', url: where });
      if (looked.kind !== 'done') return looked;
      if (!isSuccess(looked.value)) return harmless(looked.value, this.now());
      const progress = progressIn(looked.value.body);
      if (progress === 'succeeded') return done(looked.value);
      if (progress === 'failed') return refused('operation-failed');
      ({ headers } = looked.value);
    }
    return later('in-progress', COME_BACK_MS);
  }
}
