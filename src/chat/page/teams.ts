import { app } from '@microsoft/teams-js';

/**
 * The chat page as a tab of Teams: Teams' theme and language become the page's. Nothing else is taken from Teams: what its
 * context says about a person can be made up by whoever frames the page, so who is asking stays what our own token says.
 */
export interface Tab {
  /** Teams' name of its theme, at the beginning and at each change: default, dark, contrast, glass. */
  onTheme(name: string): void;
  /** The language of the person's Teams, e.g. `ja-jp`. Never called after `enterTeams` resolved. */
  onLocale(tag: string): void;
}

/** Longer than Teams takes, shorter than a person waits in front of an empty page that isn't in Teams after all. */
const PATIENCE_MS = 3_000;

/**
 * Hosts that teams-js doesn't know by itself: Teams by 21Vianet. Its own list stands in the package; the fetch of a newer
 * one from Microsoft's CDN is refused by our policy, which it takes well.
 */
const MORE_HOSTS = ['https://teams.microsoftonline.cn'];

/**
 * Asks Teams for theme and language. Resolves when it has answered, can't be reached or takes too long: the page then goes
 * on as it does anywhere else. A theme that comes later still counts, a language doesn't: the conversation has begun.
 */
export async function enterTeams(tab: Tab): Promise<void> {
  let waiting = true;
  const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([ask(tab, () => waiting), late]);
  waiting = false;
}

async function ask(tab: Tab, isWaiting: () => boolean): Promise<void> {
  try {
    await app.initialize(MORE_HOSTS);
    app.registerOnThemeChangeHandler((name) => tab.onTheme(name));
    const { theme, locale } = (await app.getContext()).app;
    tab.onTheme(theme);
    if (isWaiting()) tab.onLocale(locale);
    // Only some hosts answer this one, and nothing here depends on it.
    app.notifySuccess().catch(() => undefined);
  } catch {
    // There is no Teams around the page, or one that doesn't know these questions.
  }
}
