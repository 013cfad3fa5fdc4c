import { z } from 'zod';
import { Refusal, type Answer, type Call } from '#src/http/call.ts';
import { agentSchema } from './agents.ts';
import { agentOf, withoutRole, type ProviderOptions } from './provider.ts';
import { bodyOf, type DeskRoute } from './route.ts';

const tabSchema = z.object({ token: z.string().min(1).max(32_768) });

/** Signing in to the desk in a tab of Teams, by the token of its single sign-on: no page is left, and nothing is typed. */
export function tabSignInRoute(options: ProviderOptions): DeskRoute {
  return {
    method: 'POST',
    path: '/desk/session/teams',
    summary: 'Signs in by the token that Teams gave the tab.',
    access: 'anybody',
    body: tabSchema,
    status: 200,
    answer: agentSchema,
    handle: (call) => signIn(call, options),
  };
}

async function signIn(call: Call, options: ProviderOptions): Promise<Answer> {
  const { provider, rates, sessions } = options;
  await rates.signIn(call.ip);
  const { token } = bodyOf(tabSchema, call);
  if (!provider) throw new Refusal(403, 'sign-on-off', 'Nobody signs in here with an account of an organization.');
  const known = await provider.recognise(token);
  if (!known.ok && known.why === 'unavailable')
    throw new Refusal(503, 'sign-on-keys', 'Microsoft Entra ID cannot be asked now.', { 'Retry-After': '5' });
  if (!known.ok) throw new Refusal(401, 'sign-on-refused', `This token is not good here: ${known.why}.`);
  const agent = agentOf(known.person, options.config);
  if (!agent) {
    const { values } = await withoutRole(known.person, options);
    throw new Refusal(
      403,
      'sign-on-role',
      `${values?.['account'] ?? ''} has no role at this desk: ${values?.['role'] ?? ''}.`,
    );
  }
  const before = await sessions.find(call);
  if (before) await sessions.end(before);
  return { status: 200, json: agent, headers: { 'Set-Cookie': await sessions.open(agent, true) } };
}
