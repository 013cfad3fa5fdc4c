import { createServer } from 'node:https';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { selfSigned } from '../certificate.ts';
import { FRONT } from './browser.ts';

/**
 * A stand-in for Teams around the tab: Teams itself can't run here. The page under test runs the real teams-js; this side
 * answers as its host does, as far as the tab needs it (`initialize`, `getContext`, `registerHandler`, notices without
 * answer), in the message format of teams-js 2.58. A server on this machine stands behind Teams' own origin, because teams-js
 * believes nobody else: the browser is told so (`Places.https`). Answering in the browser's stead would be simpler, but a
 * browser that is answered for keeps nothing, and compiles Web Chat anew each time.
 */
export interface TeamsHost {
  readonly tab: Frame;
  /** Names of the functions that the tab called, in order. */
  called(): Promise<string[]>;
  changeTheme(name: string): Promise<void>;
}

export interface HostOptions {
  readonly origin?: string;
  readonly theme?: string;
  readonly locale?: string;
  /** Milliseconds before `initialize` is answered; null: never. */
  readonly delay?: number | null;
  /** Query of the tab's address after `in=teams`. */
  readonly query?: string;
  /** The page that is the tab; the chat where none is named. */
  readonly path?: '/chat' | '/desk';
  /** What a link named within the tab. */
  readonly subPage?: string;
  /** What the single sign-on gives; null: the person declined. */
  readonly token?: string | null;
  /** A page of this origin stands beside the tab and orders the dark theme and Chinese, every 50 ms. */
  readonly intruder?: string;
}

const page = (
  tab: string,
  { theme, locale, delay, intruder, subPage, token }: HostOptions,
): string => `<!doctype html><title>Teams</title>
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100% }</style>
<script>
  window.called = [];
  // As a host may send it: everything that an attacker who frames the page would like to be believed.
  const context = { theme: '${theme ?? 'default'}', locale: '${locale ?? 'en-us'}', userObjectId: 'u-1', loginHint: 'ceo@contoso.com',
    userPrincipalName: 'ceo@contoso.com', tid: 't-1', hostName: 'Teams', hostClientType: 'web', entityId: 'chat', subEntityId: '${subPage ?? ''}' };
  const answers = {
    initialize: ['content', 'web', JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: { app: {}, pages: {} } }), '2.58.0'],
    getContext: [context],
    'authentication.getAuthToken': ${JSON.stringify(token === null ? [false, 'CancelledByUser'] : [true, token ?? ''])},
  };
  addEventListener('message', ({ data, source }) => {
    if (source !== frames[0] || typeof data?.func !== 'string') return;
    window.called.push(data.func === 'registerHandler' ? 'registerHandler ' + data.args[0] : data.func);
    const answer = answers[data.func];
    if (!answer || ${delay === null}) return;
    const wait = data.func === 'initialize' ? ${delay ?? 0} : 0;
    setTimeout(() => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args: answer }, '*'), wait);
  });
</script><iframe name="tab" allow="local-network-access; loopback-network" src="${tab}"></iframe>${intruder ? `<iframe name="intruder" src="${intruder}/"></iframe>` : ''}`;

/** Answers what was never asked of it (ids are counted from 0) and orders a theme. */
const INTRUDER = `<!doctype html><title>Intruder</title><script>
  window.sent = 0;
  setInterval(() => {
    const tab = parent.frames[0];
    const context = { theme: 'dark', locale: 'zh-cn' };
    tab.postMessage({ func: 'themeChange', args: ['dark'] }, '*');
    for (const id of [0, 1, 2, 3]) tab.postMessage({ id, args: [context] }, '*');
    window.sent += 1;
  }, 50);
</script>`;

const calledSchema = z.array(z.string());

/** The server behind every https address: the page around the tab, and the intruder beside it. */
export interface TeamsHosts {
  readonly port: number;
  /** Opens the chat as a tab in a page of `origin`, Teams' own where none is named. */
  enter(window: Page, options?: HostOptions): Promise<TeamsHost>;
  close(): Promise<void>;
}

export async function openTeamsHosts(): Promise<TeamsHosts> {
  const shown = new Map<string, string>();
  const server = createServer(selfSigned(), (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' });
    response.end(shown.get(`https://${request.headers.host}`) ?? '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async enter(window, options = {}) {
      const origin = options.origin ?? 'https://teams.microsoft.com';
      const tab = `${FRONT}${options.path ?? '/chat'}?in=teams${options.query ?? ''}`;
      shown.clear();
      shown.set(origin, page(tab, options));
      if (options.intruder) shown.set(options.intruder, INTRUDER);
      await window.goto(`${origin}/v2/`);
      await window.locator('iframe[name=tab]').waitFor({ state: 'attached' });
      await expect.poll(() => window.frame({ name: 'tab' })).not.toBeNull();
      return hostOf(window);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function hostOf(window: Page): TeamsHost {
  const tab = window.frame({ name: 'tab' });
  if (!tab) throw new Error('the host page has no tab');
  return {
    tab,
    called: async () => calledSchema.parse(await window.evaluate('called')),
    changeTheme: (name) =>
      window.evaluate((theme) => frames[0]?.postMessage({ func: 'themeChange', args: [theme] }, '*'), name),
  };
}
