import { z } from 'zod';
import type { Config } from '#src/config.ts';
import { Refusal } from '#src/http/call.ts';
import type { Rates } from '#src/http/rates.ts';
import { agentSchema, SAMPLE_AGENTS } from './agents.ts';
import { bodyOf, type DeskRoute } from './route.ts';
import type { Sessions } from './sessions.ts';

const signInSchema = z.object({ as: z.string().min(1).max(64) });

export interface SignInOptions {
  readonly config: Config;
  readonly sessions: Sessions;
  readonly rates: Pick<Rates, 'signIn'>;
}

/** Signing in and out, and who one is. */
export function signInRoutes({ config, sessions, rates }: SignInOptions): DeskRoute[] {
  return [
    {
      method: 'POST',
      path: '/desk/session',
      summary: 'Signs in as a sample agent (local mode).',
      access: 'anybody',
      body: signInSchema,
      status: 200,
      answer: agentSchema,
      handle: async (call) => {
        await rates.signIn(call.ip);
        if (config.mode === 'production')
          throw new Refusal(
            403,
            'sign-in-elsewhere',
            'Sample agents exist in local mode only. Sign in at /desk/sign-in.',
          );
        const { as } = bodyOf(signInSchema, call);
        const agent = SAMPLE_AGENTS.find(({ id }) => id === as);
        if (!agent) throw new Refusal(403, 'unknown-agent', 'There is no such agent.');
        const before = await sessions.find(call);
        if (before) await sessions.end(before);
        return { status: 200, json: agent, headers: { 'Set-Cookie': await sessions.open(agent) } };
      },
    },
    {
      method: 'DELETE',
      path: '/desk/session',
      summary: 'Signs out: every copy of the cookie is worthless from then on.',
      access: 'agent',
      status: 204,
      handle: async (_call, session) => ({
        status: 204,
        headers: { 'Set-Cookie': await sessions.end(session) },
      }),
    },
    {
      method: 'GET',
      path: '/desk/api/me',
      summary: 'Who is signed in.',
      access: 'agent',
      status: 200,
      answer: agentSchema,
      handle: async (_call, { agent }) => ({ status: 200, json: agent }),
    },
  ];
}
