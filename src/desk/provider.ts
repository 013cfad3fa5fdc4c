import { z } from 'zod';
import type { Config } from '#src/config.ts';
import type { Answer, Call } from '#src/http/call.ts';
import type { Rates } from '#src/http/rates.ts';
import type { Storage } from '#src/log/ports.ts';
import { SAMPLE_AGENTS, type Agent } from './agents.ts';
import { beginAttempt, challengeOf, findAttempt, isState, pageOf, type Attempt } from './attempt.ts';
import type { SignedIn, SignInProvider, SignInRefusal, Words } from './ports.ts';
import { troublePage, type Trouble } from './provider-page.ts';
import { grantOf } from './roles.ts';
import type { DeskRoute } from './route.ts';
import type { Sessions } from './sessions.ts';

export interface ProviderOptions {
  readonly config: Config;
  readonly sessions: Sessions;
  readonly storage: Storage;
  readonly rates: Pick<Rates, 'signIn'>;
  /** null: agents sign in nowhere else. */
  readonly provider: SignInProvider | null;
  readonly words: Words;
  readonly clock: () => number;
  readonly newId: () => string;
}

const waysSchema = z.strictObject({
  /** Ids of the sample agents (local mode). */
  samples: z.array(z.string()),
  /** Whether `/desk/sign-in` leads to a sign-in of the organization's. */
  provider: z.boolean(),
});

/** Signing in with the organization's account: there, back with a code, and out again. */
export function providerRoutes(options: ProviderOptions): DeskRoute[] {
  const samples = options.config.mode === 'local' ? SAMPLE_AGENTS.map(({ id }) => id) : [];
  const open = { method: 'GET', access: 'anybody' } as const;
  return [
    {
      ...open,
      path: '/desk/api/sign-in',
      summary: 'How one can sign in here.',
      status: 200,
      answer: waysSchema,
      handle: async () => ({ status: 200, json: { samples, provider: options.provider !== null } }),
    },
    {
      ...open,
      path: '/desk/sign-in',
      kind: 'page',
      summary: 'Leads to the sign-in of the organization.',
      query: { to: 'Page of the desk to come back to.' },
      status: 303,
      handle: (call: Call) => begin(call, options),
    },
    {
      ...open,
      path: '/desk/callback',
      kind: 'page',
      summary: 'Where that sign-in leads back to: opens the session and leads to the desk.',
      query: { code: 'Of the provider.', state: 'As it was sent along.', error: 'Why the provider signed nobody in.' },
      status: 303,
      handle: (call: Call) => comeBack(call, options),
    },
    {
      ...open,
      path: '/desk/sign-out',
      kind: 'page',
      summary: 'Leads to where one signs out of the provider, too; the session here ends with DELETE /desk/session.',
      status: 303,
      handle: async () => goTo((await options.provider?.leave()) ?? '/desk'),
    },
  ];
}

const goTo = (address: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 303,
  headers: { Location: address, 'Cache-Control': 'no-store', ...headers },
});

async function begin(call: Call, options: ProviderOptions): Promise<Answer> {
  const { provider, rates, words } = options;
  await rates.signIn(call.ip);
  if (!provider) return goTo('/desk');
  const [attempt, cookie] = await beginAttempt(pageOf(call.query.get('to')), options);
  const { state, nonce } = attempt;
  const address = await provider.begin({ state, nonce, challenge: challengeOf(attempt) });
  if (address === null) return troublePage({ status: 503, key: 'unavailable' }, call, words);
  return goTo(address, { 'Set-Cookie': cookie });
}

async function comeBack(call: Call, options: ProviderOptions): Promise<Answer> {
  await options.rates.signIn(call.ip);
  if (!options.provider) return goTo('/desk');
  const came = await signedIn(call, options.provider, options);
  if ('key' in came) return troublePage(came, call, options.words);
  const { config, sessions } = options;
  const agent = agentOf(came.person, config);
  if (!agent) return troublePage(await withoutRole(came.person, options), call, options.words);
  return goTo(came.to, { 'Set-Cookie': await sessions.open(agent) });
}

/** Who they are at the desk; null where they have no role there. */
export function agentOf({ id, name, roles }: SignedIn, config: Config): Agent | null {
  const grant = grantOf(roles, rolesOf(config));
  return grant && { id, name, ...grant };
}

/** Who came back, and to which page; or why that is nobody. */
async function signedIn(
  call: Call,
  provider: SignInProvider,
  { config, clock, storage }: ProviderOptions,
): Promise<{ person: SignedIn; to: string } | Trouble> {
  const attempt = await findAttempt(call, { config, clock });
  const [code, state, error] = ['code', 'state', 'error'].map((name) => call.query.get(name));
  // Before anything else: a link that somebody else prepared must not sign this browser in as them.
  if (!attempt || !state || !isState(attempt, state)) return { status: 400, key: 'begun-elsewhere' };
  if (error) return refusedThere(error);
  if (!code) return { status: 400, key: 'begun-elsewhere' };
  if (!(await isFirst(attempt, storage))) return { status: 400, key: 'used' };
  const { verifier, nonce, to } = attempt;
  const redeemed = await provider.redeem({ code, verifier, nonce });
  return redeemed.ok ? { person: redeemed.person, to } : refusedHere(redeemed.why);
}

/** Errors of RFC 6749, 4.1.2.1; what else stands there is not repeated. */
function refusedThere(error: string): Trouble {
  if (error === 'access_denied') return { status: 403, key: 'cancelled' };
  if (error === 'temporarily_unavailable' || error === 'server_error') return { status: 503, key: 'unavailable' };
  return { status: 403, key: 'provider', values: { reason: /^[a-z_]{1,40}$/.test(error) ? error : 'error' } };
}

function refusedHere(why: SignInRefusal): Trouble {
  switch (why) {
    case 'unavailable':
      return { status: 503, key: 'unavailable' };
    case 'client':
      return { status: 500, key: 'client' };
    case 'code':
      return { status: 400, key: 'used' };
    case 'malformed':
    case 'signature':
    case 'issuer':
    case 'audience':
    case 'tenant':
    case 'nonce':
    case 'expired':
    case 'claims':
      return { status: 403, key: 'token', values: { reason: why } };
  }
}

/** An attempt ends with its first answer, in all instances, whatever the provider would say to the same code again. */
const isFirst = ({ id, until }: Attempt, storage: Storage): Promise<boolean> =>
  storage.transact((unit) => unit.spend(`desk-sign-in:${id}`, until * 1_000));

export async function withoutRole(
  { id, name, account }: SignedIn,
  { config, storage, clock }: ProviderOptions,
): Promise<Trouble> {
  await storage.transact((unit) =>
    unit.audit.add({ at: clock(), actor: id, action: 'desk.sign-in-refused', subject: id, detail: { why: 'role' } }),
  );
  return { status: 403, key: 'role', values: { account: account || name, role: config.DESK_AGENT_ROLE } };
}

const rolesOf = (config: Config) => ({
  agent: config.DESK_AGENT_ROLE,
  supervisor: config.DESK_SUPERVISOR_ROLE,
  admin: config.DESK_ADMIN_ROLE,
});
