import nock from 'nock';

/** The Bot Framework's token service, played by nock in the shapes of its API (MicrosoftDocs/bot-docs, token service). */
export interface Exchange {
  userId: string;
  connection: string;
  channel: string;
  token: string;
}
/** A token, or why there is none: `consent` as Entra's refusal comes through, `down` a service that fails. */
export type Given = { token: string } | 'consent' | 'expired' | 'down' | 'never';

export class TokenService {
  readonly exchanged: Exchange[] = [];
  readonly fetched: { userId: string; code: string | null }[] = [];
  readonly offered: string[] = [];
  readonly signedOut: string[] = [];
  gives: (exchange: Exchange) => Given = () => 'consent';
  keeps: (userId: string, code: string | null) => Given | null = () => null;
  offers: () => number = () => 200;
  /** Seconds that a token is said to be good. */
  lifetime = 3_600;

  constructor(origin = 'https://api.botframework.com') {
    const api = nock(origin).persist();
    api
      .post('/api/usertoken/exchange')
      .query(true)
      .reply(async (request: Request) => {
        const { searchParams } = new URL(request.url);
        const body = (await request.json()) as { token?: string };
        const part = (name: string): string => searchParams.get(name) ?? '';
        const exchange = {
          userId: part('userId'),
          connection: part('connectionName'),
          channel: part('channelId'),
          token: body.token ?? '',
        };
        this.exchanged.push(exchange);
        return this.#answer(this.gives(exchange));
      });
    api
      .get('/api/usertoken/GetToken')
      .query(true)
      .reply(async (request: Request) => {
        const { searchParams } = new URL(request.url);
        const [userId, code] = [searchParams.get('userId') ?? '', searchParams.get('code')];
        this.fetched.push({ userId, code });
        const given = this.keeps(userId, code);
        return given === null ? [404, ''] : this.#answer(given);
      });
    api
      .get('/api/botsignin/GetSignInResource')
      .query(true)
      .reply(async (request: Request) => {
        this.offered.push(Buffer.from(new URL(request.url).searchParams.get('state') ?? '', 'base64').toString());
        const id = `exchange-${this.offered.length}`;
        const signInLink = 'https://token.botframework.com/api/oauth/signin?signin=0d5d53c7';
        const tokenExchangeResource = { id, uri: 'api://desk.contoso.com/botid-7d0c0f3a', providerId: null };
        const status = this.offers();
        return [status, status === 200 ? json({ signInLink, tokenExchangeResource }) : json(FAILED), TYPED];
      });
    api
      .delete('/api/usertoken/SignOut')
      .query(true)
      .reply(async (request: Request) => {
        this.signedOut.push(new URL(request.url).searchParams.get('userId') ?? '');
        return [200, json({}), TYPED];
      });
  }

  async #answer(given: Given): Promise<nock.ReplyFnResult> {
    switch (given) {
      case 'consent':
        return [400, json({ error: { code: 'BadRequest', message: 'AADSTS65001: consent is required' } }), TYPED];
      case 'expired':
        return [400, json({ error: { code: 'BadRequest', message: 'AADSTS700024: assertion is expired' } }), TYPED];
      case 'down':
        return [503, json(FAILED), TYPED];
      case 'never':
        return new Promise(() => undefined);
    }
    const expiration = new Date(Date.now() + this.lifetime * 1_000).toISOString();
    return [200, json({ channelId: 'msteams', connectionName: 'graph', token: given.token, expiration }), TYPED];
  }
}

const FAILED = { error: { code: 'ServiceError', message: 'The service is not available.' } };
const TYPED = { 'content-type': 'application/json' };
const json = (value: unknown): string => JSON.stringify(value);
