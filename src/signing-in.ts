import type { LogAdapter } from '#bot/adapter.ts';
import { SignIn } from '#bot/teams/sign-in.ts';
import { userTokens } from '#bot/teams/user-tokens.ts';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readRoles } from '#knowledge/rules.ts';
import { readServiceWords } from '#knowledge/services.ts';
import type { Config } from './config.ts';
import type { Log } from './http/log.ts';
import type { Directory } from './intake/ports.ts';

interface Parts {
  readonly adapter: LogAdapter;
  /** Who knows people that don't sign in. */
  readonly behind: Directory;
}

/** Signing in, where a connection for it is set: the directory that then also asks in people's own names. */
export async function signingIn(
  { signIn: config }: Config,
  log: Log,
  { adapter, behind }: Parts,
): Promise<{ signIn: SignIn | null; people: Directory }> {
  if (!config) return { signIn: null, people: behind };
  const { appId, connection } = config;
  // Loaded only where it is used, as for the app's own Graph.
  const { SignedInDirectory } = await import('./outside/graph/signed-in.ts');
  const people = new SignedInDirectory(behind, {
    ...config,
    roles: readRoles(BOOK_FOLDER),
    words: readServiceWords(BOOK_FOLDER),
    clock: Date.now,
    failed: (cloud, kind, reason) => log.warn('graph-failed', { kind, reason, check: cloud }),
  });
  const tokens = userTokens({ adapter, appId, connection, clock: Date.now });
  const failed = (error: unknown): void => log.warn('failed', { kind: 'sign-in', error });
  return { signIn: new SignIn({ tokens, people, connection, clock: Date.now, failed }), people };
}
