import type { LogAdapter } from '#bot/adapter.ts';
import { SignIn } from '#bot/teams/sign-in.ts';
import { SIGN_OUT, signOutJob } from '#bot/teams/sign-out.ts';
import { FETCH_FILE, fetchFileJob } from '#bot/teams/files.ts';
import type { FileOptions } from '#bot/teams/files.ts';
import { connectorAuthorization } from '#bot/authorization.ts';
import { userTokens } from '#bot/teams/user-tokens.ts';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readRoles } from '#knowledge/rules.ts';
import { readServiceWords } from '#knowledge/services.ts';
import type { Config } from './config.ts';
import type { Log } from './http/log.ts';
import type { Directory } from './intake/ports.ts';
import type { JobHandler } from './log/jobs.ts';

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

/** So many full messages of files one conversation may hold, as in the web chat. */
const FULL_MESSAGES = 2;

/** What the bot does in Teams beside its turns: tells the token service of who signed out, fetches files. */
export function teamsJobs(
  config: Config,
  { signIn, ...parts }: Pick<FileOptions, 'storage' | 'services' | 'resume'> & { signIn: SignIn | null },
): Record<string, JobHandler> {
  const { LIMIT_UPLOAD_BYTES: mostBytes, LIMIT_UPLOAD_FILES: files, TEAMS_FILE_HOSTS: fileHosts } = config;
  const authorization = connectorAuthorization(config);
  const mostKept = FULL_MESSAGES * mostBytes * files;
  const fetching = { ...parts, fileHosts, authorization, mostBytes, mostKept, clock: Date.now };
  return { [SIGN_OUT]: signOutJob(signIn), [FETCH_FILE]: fetchFileJob(fetching) };
}
