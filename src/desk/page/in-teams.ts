import type { Tab } from '#src/chat/page/teams.ts';

/** What came of the desk's being a tab of Teams. */
export interface DeskTab {
  /** What a link named: a conversation's id or a request's number; empty where none did. */
  readonly subPage: string;
}

/**
 * The desk as a tab of Teams (`?in=teams`): its theme and language, who is there by Teams' single sign-on, and the case that a
 * notice linked to. Resolves before the first question to the server, so that whoever is known already sees no sign-in.
 * undefined: not in Teams; a sign-on that is refused, or that nobody set up, leaves the page's own way to sign in.
 */
export async function enterAsTab(tab: Tab): Promise<DeskTab | undefined> {
  if (new URLSearchParams(location.search).get('in') !== 'teams') return undefined;
  try {
    const { enterTeams } = await import('#src/chat/page/teams.ts');
    const teams = await enterTeams('desk', tab);
    if (!teams) return undefined;
    const token = await teams.signOn();
    if (token !== undefined) await openSession(token);
    return { subPage: teams.subPage };
  } catch {
    // Its script didn't load: the desk does without.
    return undefined;
  }
}

const DEADLINE_MS = 10_000;

async function openSession(token: string): Promise<void> {
  await fetch('/desk/session/teams', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-frontdesk': '1' },
    body: JSON.stringify({ token }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch(() => undefined);
}
