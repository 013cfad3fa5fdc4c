import { app, authentication } from '@microsoft/teams-js';

/**
 * A page of ours as a tab of Teams: Teams' theme and language become the page's. Nothing that its context says about a
 * person is believed, since whoever frames the page could make it up; who is there is proved by the token of the single
 * sign-on, which the server checks.
 */
export interface Tab {
  /** Teams' name of its theme, at the beginning and at each change: default, dark, contrast, glass. */
  onTheme(name: string): void;
  /** The language of the person's Teams, e.g. `ja-jp`. Never called after `enterTeams` resolved. */
  onLocale(tag: string): void;
}

/** What Teams said when the page came up in it. */
export interface InTeams {
  /** What a link named within the tab (`subPageId`), e.g. a request's number; empty where none did. */
  readonly subPage: string;
  /** A token that proves who is there; undefined where none is to be had. Teams may ask the person for their consent first. */
  signOn(): Promise<string | undefined>;
}

/** The pages that can be tabs; each has a sign-on of its own. */
export type TabName = 'chat' | 'desk';

/** Longer than Teams takes, shorter than a person waits in front of an empty page that isn't in Teams after all. */
const PATIENCE_MS = 3_000;
/** Time to read a question and agree to it. */
const CONSENT_MS = 60_000;

/**
 * Asks Teams for theme, language and what was linked to. Resolves when it has answered, can't be reached or takes too long:
 * undefined, and the page goes on as it does anywhere else. A theme that comes later still counts, a language doesn't: the
 * conversation has begun.
 */
export async function enterTeams(page: TabName, tab: Tab): Promise<InTeams | undefined> {
  let waiting = true;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const entered = await Promise.race([ask(page, tab, () => waiting), late]);
  waiting = false;
  return entered;
}

async function ask(page: TabName, tab: Tab, isWaiting: () => boolean): Promise<InTeams | undefined> {
  try {
    const { hosts, signOn } = await settings();
    // teams-js has a list of its own, without Teams by 21Vianet. A newer one from Microsoft's CDN is refused by our policy,
    // which it takes well.
    await app.initialize([...hosts]);
    app.registerOnThemeChangeHandler((name) => tab.onTheme(name));
    const context = await app.getContext();
    tab.onTheme(context.app.theme);
    if (isWaiting()) tab.onLocale(context.app.locale);
    // Only some hosts answer this one, and nothing here depends on it.
    app.notifySuccess().catch(() => undefined);
    return {
      subPage: context.page.subPageId ?? '',
      signOn: () => (signOn[page] ? token() : Promise.resolve(undefined)),
    };
  } catch {
    // There is no Teams around the page, or one that doesn't know these questions.
    return undefined;
  }
}

/** Somebody who declines, or an app that isn't registered right, must not keep anybody from the page. */
function token(): Promise<string | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, CONSENT_MS));
  return Promise.race([authentication.getAuthToken().catch(() => undefined), late]);
}

interface Settings {
  readonly hosts: readonly string[];
  readonly signOn: Readonly<Record<TabName, boolean>>;
}

/** Whom this server believes around its tabs; without its word, whom teams-js knows by itself. */
async function settings(): Promise<Settings> {
  try {
    const response = await fetch('/chat/teams.json', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return settingsOf(await response.json());
  } catch {
    return settingsOf(null);
  }
}

function settingsOf(value: unknown): Settings {
  const { hosts, signOn }: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
  const on: Record<string, unknown> = typeof signOn === 'object' && signOn !== null ? { ...signOn } : {};
  return {
    hosts: Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [],
    signOn: { chat: on['chat'] === true, desk: on['desk'] === true },
  };
}
