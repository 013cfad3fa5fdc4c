import { STATUS, type DirectLine, type WebChat } from './webchat.ts';
import type { Assertion } from './host.ts';
import type { Session, SessionKeeper } from './session.ts';
import { identifiedToken, newToken, resumeToken, type TokenAnswer, type TokenFailure, type Visit } from './token.ts';

/** What the page shows about its line to the server. */
export type LineState = 'connecting' | 'online' | 'reconnecting' | 'ended' | TokenFailure;

interface LineOptions {
  readonly webChat: WebChat;
  readonly keeper: SessionKeeper;
  readonly visit: () => Visit;
  /** What the proof of who is there is called at the server. */
  readonly proof: 'assertion' | 'signOn';
  /** What the host page's back end signed of its user now, or Teams' token; undefined also where there is neither. */
  readonly identify: () => Promise<Assertion>;
  readonly onState: (state: LineState) => void;
  /** A Direct Line connection to draw; called again whenever the connection is a new one. */
  readonly onDirectLine: (directLine: DirectLine) => void;
}

/** A token this close to its end is renewed before it is used. */
const MARGIN_MS = 5 * 60_000;
/** Renewals in a row without ever getting online, before the page stops and offers a retry. */
const MAX_RENEWALS = 3;
const REMEMBER_MS = 60_000;

/**
 * The line between the page and Direct Line. botframework-directlinejs reconnects by itself; here is only what it leaves
 * to the page: where the token comes from, taking up a conversation again, and renewing a token that has ended.
 */
export class Line {
  readonly #options: LineOptions;
  #current: { end(): void } | undefined;
  #renewals = 0;
  /** Raised whenever the line is laid anew: an answer to an older question is dropped. */
  #turn = 0;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Takes up the kept conversation, or begins one. */
  async open(): Promise<void> {
    this.#renewals = 0;
    this.#close();
    this.#options.onState('connecting');
    const turn = this.#turn;
    const [assertion] = await Promise.all([this.#options.identify(), this.#options.keeper.ready()]);
    if (turn !== this.#turn) return;
    const session = this.#options.keeper.load();
    if (typeof assertion === 'string') return this.#identified(assertion, session);
    // Whoever was signed in isn't any more: their conversation is not for the next one.
    if (!session || (assertion === null && session.identified === true)) return this.#beginUnknown();
    if (session.expiresAt - Date.now() > MARGIN_MS) return this.#connect(session);
    await this.#obtain(resumeToken(session, this.#options.visit()), () => this.begin());
  }

  /** Lets the kept conversation go and begins a new one. */
  async begin(): Promise<void> {
    this.#renewals = 0;
    this.#options.keeper.forget();
    this.#close();
    this.#options.onState('connecting');
    const turn = this.#turn;
    const assertion = await this.#options.identify();
    if (turn !== this.#turn) return;
    return typeof assertion === 'string' ? this.#identified(assertion, undefined) : this.#beginUnknown();
  }

  /** A host whose word isn't taken doesn't keep anybody from the chat: they are somebody unknown. */
  async #identified(assertion: string, before: Session | undefined): Promise<void> {
    const visit = { ...this.#options.visit(), [this.#options.proof]: assertion };
    await this.#obtain(identifiedToken(before, visit), () => this.#beginUnknown());
  }

  async #beginUnknown(): Promise<void> {
    const { keeper, visit, onState } = this.#options;
    keeper.forget();
    await this.#obtain(newToken(visit()), () => onState('refused'));
  }

  /** A token has ended, or a kept conversation didn't open: asks for a new token of the same conversation. */
  async #renew(): Promise<void> {
    const { keeper, visit, onState } = this.#options;
    const session = keeper.load();
    if (!session) return this.begin();
    if (++this.#renewals > MAX_RENEWALS) return onState('failed');
    await this.#obtain(resumeToken(session, visit()), () => this.begin());
  }

  async #obtain(answer: Promise<TokenAnswer>, otherwise: () => void | Promise<void>): Promise<void> {
    const turn = ++this.#turn;
    const result = await answer;
    if (turn !== this.#turn) return;
    if (result.ok) return this.#connect(result.session);
    if (result.reason === 'refused') return otherwise();
    this.#options.onState(result.reason);
  }

  #connect(session: Session): void {
    this.#close();
    this.#options.keeper.save(session);
    const directLine = this.#options.webChat.createDirectLine({
      domain: `${location.origin}/v3/directline`,
      token: session.token,
      webSocket: true,
      // An empty watermark replays the conversation from its beginning; without an id a new one is started.
      ...(session.started ? { conversationId: session.conversationId, watermark: '' } : {}),
    });
    this.#current = this.#follow(directLine, session);
    this.#options.onDirectLine(directLine);
  }

  #follow(directLine: DirectLine, session: Session): { end(): void } {
    const { keeper, onState } = this.#options;
    let wasOnline = false;
    let over = false;
    const remember = () => keepToken(keeper, session, directLine);
    const online = () => {
      wasOnline = true;
      this.#renewals = 0;
      remember();
      onState('online');
    };
    // directlinejs may tell an end more than once (each failed call, then the socket): the first one counts.
    const ended = (next: () => void | Promise<void>) => {
      if (over) return;
      over = true;
      void next();
    };
    const subscription = directLine.connectionStatus$.subscribe((status) => {
      if (status === STATUS.online) online();
      if (status === STATUS.connecting) onState(wasOnline ? 'reconnecting' : 'connecting');
      if (status === STATUS.expiredToken) ended(() => this.#renew());
      if (status === STATUS.failedToConnect) ended(() => (session.started ? this.#renew() : onState('failed')));
      if (status === STATUS.ended) ended(() => (wasOnline ? onState('ended') : this.#renew()));
    });
    // A page that stays open for long gets new tokens without a word: they are written down now and then.
    const timer = setInterval(() => wasOnline && remember(), REMEMBER_MS);
    return {
      end() {
        clearInterval(timer);
        subscription.unsubscribe();
        directLine.end();
      },
    };
  }

  #close(): void {
    this.#turn++;
    this.#current?.end();
    this.#current = undefined;
  }
}

/** Writes down the token that directlinejs holds now, unless another tab has moved on to another conversation. */
function keepToken(keeper: SessionKeeper, session: Session, directLine: DirectLine): void {
  const kept = keeper.load();
  if (kept && kept.conversationId !== session.conversationId) return;
  const token = directLine.token ?? session.token;
  const fresh = token !== (kept?.token ?? session.token);
  const expiresAt = fresh ? Date.now() + session.lifetime : (kept?.expiresAt ?? session.expiresAt);
  keeper.save({ ...session, token, expiresAt, started: true });
}
