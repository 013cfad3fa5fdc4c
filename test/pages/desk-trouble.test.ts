import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskAgent } from '../desk/agent.ts';
import { Visitor } from '../whole/visitor.ts';
import { conversation as talk, request } from '../storage/samples.ts';
import { crowd, inStorage, waiterId } from './crowd.ts';
import { FRONT } from './browser.ts';
import { bubble, composer, openFloor, signIn, type DeskPage, type Floor } from './floor.ts';

/**
 * What goes wrong at a desk, and what is rarely done there: one server, one browser, an agent's and a supervisor's window.
 * Customers and the colleague are calls without a window.
 */

const CROWD = 500;
const PATIENCE = { timeout: 30_000 };

let floor: Floor;
let mine: DeskPage;
let page: Page;
let words: DeskPage['words'];
let colleague: DeskAgent;
let customer: Visitor;
beforeAll(async () => {
  // Nobody is given up while the tests run.
  floor = await openFloor({ HANDOFF_WIDEN_S: '7200', HANDOFF_FILE_S: '14400' });
  await crowd(floor.house, CROWD);
  colleague = await DeskAgent.come(floor.house, 'agent-2');
  mine = await floor.agent('agent-1', 'en');
  ({ page, words } = mine);
  customer = await Visitor.come(floor.house, 'admin-direct');
  await customer.open();
  await says('Since 9 this morning nobody in our company can send mail.');
  await says('human');
}, 180_000);
afterAll(() => floor.close());

const says = async (text: string): Promise<void> => {
  const answer = await customer.post(`c-${text}`, { text });
  if (!answer.ok) throw new Error(`the customer: ${answer.status}`);
};
const open = (at: Page, conversation: string, view = 'queue'): Promise<void> =>
  at.evaluate((hash) => void (location.hash = hash), `/${view}/${conversation}`);
const rows = (): Locator => page.locator('.row');
/** What was read of the queue since the browser's list of readings was emptied. */
const queueReads = () =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => name.includes('/desk/api/queue'))
      .map(({ name, decodedBodySize: bytes }) => ({ name, bytes })),
  );
const readsOf = (number: string) => () =>
  inStorage(floor.house, async (unit) => {
    const all = await unit.audit.list(200);
    return all.filter(({ action, subject }) => action === 'request.read' && subject === number).length;
  });
const countOf = (text: string) => bubble(page, text).count();
const told = (at: Page, text: string): Promise<void> => at.getByText(text).first().waitFor();

/** How often each text stands in the log that the server has. */
async function said(conversation: string, ...texts: string[]): Promise<number[]> {
  const log = await colleagueOrBoss(conversation);
  return texts.map((text) => log.filter((row) => row.text === text).length);
}
const colleagueOrBoss = async (conversation: string) =>
  (await DeskAgent.come(floor.house, 'supervisor')).log(conversation);

async function accept(conversation: string): Promise<void> {
  await open(page, conversation);
  await page.locator('#accept').waitFor();
  await page.keyboard.press('Alt+a');
  await composer(page).waitFor();
}

describe('500 people wait', () => {
  it('all of them can be reached, by scrolling and by keyboard, though few are drawn at first', async () => {
    await rows().nth(20).waitFor();
    expect(await rows().count()).toBeLessThan(100);
    await page.locator('#queue').evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
    await expect.poll(() => rows().count(), PATIENCE).toBeGreaterThan(60);
    await rows().first().focus();
    await page.keyboard.press('End');
    // And the one who came through the chat.
    await expect.poll(() => rows().count(), PATIENCE).toBe(CROWD + 1);
    const keys = await rows().evaluateAll((all) => all.map((row) => row.getAttribute('data-key')));
    expect(new Set(keys).size).toBe(CROWD + 1);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe(keys.at(-1));
    // Opening somebody leaves the list where it is.
    await page.keyboard.press('Enter');
    await page.locator('#accept').waitFor();
    expect(await rows().count()).toBe(CROWD + 1);
    expect(await page.locator('#queue').evaluate((list) => list.scrollTop)).toBeGreaterThan(1_000);
  });

  it('that one is taken touches few lines', async () => {
    await page.locator('#queue').evaluate((list) => {
      const touched = new Set<string>();
      const note = ({ target, removedNodes }: MutationRecord): void => {
        for (const node of [target, ...removedNodes]) {
          const element = node instanceof Element ? node : node.parentElement;
          const key = element?.closest('.row')?.getAttribute('data-key');
          // Clocks go on by themselves.
          if (key && !element?.closest('.due, .wait')) touched.add(key);
        }
      };
      new MutationObserver((records) => records.forEach(note)).observe(list, {
        childList: true,
        subtree: true,
        characterData: true,
        attributes: true,
      });
      Object.assign(window, { touched });
      performance.clearResourceTimings();
    });
    expect(await colleague.act(waiterId(7), 'accept')).toBe(200);
    await expect.poll(() => rows().count(), PATIENCE).toBe(CROWD);
    const touched = await page.evaluate(() =>
      'touched' in window && window.touched instanceof Set ? window.touched.size : -1,
    );
    expect(touched).toBeGreaterThan(0);
    expect(touched).toBeLessThanOrEqual(8);
    // And it was read by itself, not with everybody else.
    const [read] = await queueReads();
    expect(read).toMatchObject({ name: expect.stringContaining(`ids=${waiterId(7)}`) });
    expect(read?.bytes).toBeLessThan(1_000);
  });

  // A bound on time is for a machine of its own.
  it.runIf(process.env['FRONTDESK_FULL'] === '1')(
    'a change is on the screen 100 ms after its answer came',
    async () => {
      const took: number[] = [];
      for (const index of [21, 22, 23, 24, 25]) {
        const drawn = page.evaluate(whenDrawn);
        expect(await colleague.act(waiterId(index), 'accept')).toBe(200);
        took.push(await drawn);
      }
      expect(took.toSorted((a, b) => a - b)[2], `drawn after ${took.map(Math.round).join(', ')} ms`).toBeLessThan(100);
    },
  );
});

/** In the page: milliseconds from the end of the queue's answer to the frame that shows what it changed. */
function whenDrawn(): Promise<number> {
  return new Promise((resolve) => {
    const list = document.querySelector('#queue') ?? document.body;
    const before = list.querySelectorAll('.row').length;
    const observer = new MutationObserver(() => {
      if (list.querySelectorAll('.row').length === before) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const answers = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/desk/api/queue'));
        const last = answers.at(-1);
        resolve(last instanceof PerformanceResourceTiming ? performance.now() - last.responseEnd : Number.NaN);
      });
    });
    observer.observe(list, { childList: true, subtree: true });
  });
}

it('who was slower is told who has them, and writes nothing', async () => {
  const id = waiterId(11);
  await page.route(`**/${id}/accept`, async (route) => {
    await colleague.act(id, 'accept');
    await route.continue();
  });
  await open(page, id);
  await page.locator('#accept').click();
  await told(page, words('desk.refused.takenBy', { name: 'agent-2' }));
  expect(await composer(page).count()).toBe(0);
});

it('what became of a request stands with it, and whose words they are', async () => {
  const number = 'SR-CROWD-040';
  const at = Date.now();
  const written = { number, at, kind: 'information-added' } as const;
  await inStorage(floor.house, async (unit) => {
    await unit.requests.addEvent({ ...written, seq: 2, actor: 'customer', data: { text: 'it got worse' } });
    const hers = { text: 'here, too', by: 'Hana' };
    await unit.requests.addEvent({ ...written, seq: 3, actor: 'colleague', data: hers });
    const level = { from: 'A', severity: 'B', reason: 'half of them work again', by: 'agent-2' };
    await unit.requests.addEvent({ number, at, seq: 4, actor: 'agent-2', kind: 'severity-changed', data: level });
  });
  await open(page, number, 'requests');
  const lines = page.locator('.details .history > li');
  await expect.poll(() => lines.count(), PATIENCE).toBe(4);
  const [filed, theirs, hers, level] = await lines.allInnerTexts();
  expect(filed).toContain(words('desk.history.filed'));
  expect(theirs).toContain(`${words('desk.actor.customer')} · ${words('desk.history.information-added')}`);
  expect(theirs).toMatch(new RegExp(`${words('desk.history.theirWords')}\\s+it got worse`));
  expect(hers).toContain(`Hana (${words('desk.actor.colleague')})`);
  expect(hers).toMatch(new RegExp(`${words('desk.history.theirWords')}\\s+here, too`));
  expect(level).toContain(`agent-2 · ${words('desk.history.severity-changed')} · A → B`);
  expect(level).toMatch(new RegExp(`${words('desk.history.reason')}\\s+half of them work again`));
});

it('who is away hears that nobody is on duty for who waits, and is on duty with one press', async () => {
  const notice = page.locator('.notices', { hasText: words('desk.unattended.go') });
  const goes = async (state: string) => {
    await colleague.call('/api/me/presence', { method: 'PUT', json: { state } });
    // The desk looks who is there, as it does by itself now and then.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
  };
  expect(await notice.count()).toBe(0);
  await page.getByRole('switch').click();
  await notice.waitFor();
  // Somebody else comes on duty: nothing is to be said any more.
  await goes('on-duty');
  await expect.poll(() => notice.count(), PATIENCE).toBe(0);
  await goes('away');
  await notice.waitFor();
  await notice.getByRole('button', { name: words('desk.unattended.go') }).click();
  await expect.poll(() => notice.count(), PATIENCE).toBe(0);
  expect(await page.getByRole('switch').isChecked()).toBe(true);
});

it('what was being written is there again after the session has ended and a new sign-in', async () => {
  const id = waiterId(12);
  await accept(id);
  await composer(page).fill('half a sentence');
  await mine.context.clearCookies();
  // The desk asks anew, as it does by itself now and then.
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await told(page, words('desk.signin.ended'));
  await signIn(page, 'agent-1', words);
  await expect.poll(() => composer(page).inputValue(), PATIENCE).toBe('half a sentence');
  expect(await said(id, 'half a sentence')).toEqual([0]);
  await composer(page).fill('');
});

it('a message whose answer was lost is sent again and said once', async () => {
  const id = waiterId(12);
  let lost = 0;
  await page.route(`**/${id}/messages`, async (route) => {
    if (lost > 0) return route.continue();
    const sent = route.request();
    // The address is the browser's own: from here the server is found at its real port.
    const url = sent.url().replace(FRONT, floor.house.url);
    const answer = await route.fetch({ url, headers: { ...(await sent.allHeaders()), host: new URL(FRONT).host } });
    if (answer.ok()) lost += 1;
    return route.abort();
  });
  await composer(page).fill('once and only once');
  await page.keyboard.press('Enter');
  await bubble(page, 'once and only once').waitFor();
  await expect.poll(() => page.locator('.pending').count(), PATIENCE).toBe(0);
  expect([lost, await countOf('once and only once')]).toEqual([1, 1]);
  expect(await said(id, 'once and only once')).toEqual([1]);
});

it('Enter that ends an input method’s composition sends nothing', async () => {
  const input = await mine.context.newCDPSession(page);
  await composer(page).focus();
  await input.send('Input.imeSetComposition', { text: 'かくにん', selectionStart: 4, selectionEnd: 4 });
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 } as const;
  await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await input.send('Input.insertText', { text: '確認します' });
  await expect.poll(() => composer(page).inputValue()).toBe('確認します');
  expect(await page.locator('.pending').count()).toBe(0);
  await page.keyboard.press('Enter');
  await bubble(page, '確認します').waitFor();
  expect(await said(waiterId(12), '確認します')).toEqual([1]);
});

it('ready replies are chosen by keyboard', async () => {
  const options = page.getByRole('option', { selected: true }).and(page.locator('.canned *'));
  await composer(page).fill('/');
  await options.waitFor();
  const first = await options.textContent();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => options.textContent()).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.canned').count()).toBe(0);
  await composer(page).fill('/');
  await options.waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await composer(page).inputValue()).length).toBeGreaterThan(10);
  expect(await page.locator('.pending').count()).toBe(0);
  await composer(page).fill('');
});

it('a promise is made and kept beside the case, on both clocks, and the line shows it', async () => {
  // Its first answer is due later than the call will be.
  const id = waiterId(490);
  await accept(id);
  await page.getByRole('button', { name: words('desk.promise.make') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: words('desk.promise.kind.call-back') }).check();
  await dialog.locator('.both-clocks', { hasText: 'GMT+9' }).waitFor();
  await dialog.getByRole('button', { name: words('desk.promise.send') }).click();
  const promise = page.locator('#packet .promise', { hasText: words('desk.promise.kind.call-back') });
  await promise.locator('.due').waitFor();
  await page.locator('.row[data-kind=mine] .due', { hasText: 'Call due' }).waitFor();
  await promise.getByRole('button', { name: words('desk.promise.called') }).click();
  await promise.getByText(words('desk.promise.standing.kept')).waitFor();
  await page.locator('.row[data-kind=mine] .due', { hasText: 'Answer due' }).waitFor();
  expect(await page.locator('.row[data-kind=mine] .due', { hasText: 'Call due' }).count()).toBe(0);
});

it('a contact is shown in part, and in full for who says what for', async () => {
  const phone = '+86 139 1234 5678';
  const contact = { method: 'phone', phone, language: 'en' } as const;
  await inStorage(floor.house, async (unit) => {
    await unit.conversations.create(talk({ id: 'nobody-has', offering: 'worldwide' }));
    const filed = { number: 'SR-NOBODY', conversation: 'nobody-has', offering: 'worldwide', contact } as const;
    await unit.requests.insert(request({ ...filed, createdAt: Date.now(), evidence: [] }));
  });
  await open(page, 'SR-CROWD-020', 'requests');
  await page.locator('.details', { hasText: words('desk.contact.accept-first') }).waitFor();
  await open(page, 'SR-NOBODY', 'requests');
  await page.locator('.details', { hasText: words('desk.contact.on-reason') }).waitFor();
  expect(await page.locator('main').innerText()).not.toContain('1234');
  await page.getByRole('button', { name: words('desk.contact.show.call') }).click();
  await page.locator('.details', { hasText: phone }).waitFor();
  expect(await page.getByRole('button', { name: words('desk.contact.show.call') }).count()).toBe(0);
  // It stays while they call, whatever is added meanwhile.
  const added = { number: 'SR-NOBODY', seq: 2, at: Date.now(), actor: 'customer', kind: 'information-added' } as const;
  await inStorage(floor.house, (unit) => unit.requests.addEvent({ ...added, data: { text: 'it got worse' } }));
  await page.locator('.details', { hasText: words('desk.history.information-added') }).waitFor();
  await expect.poll(() => page.locator('.details').innerText()).toContain(phone);
  await expect.poll(readsOf('SR-NOBODY')).toBe(2);
});

it('a request that could not be read is read when the server answers again', async () => {
  await page.route('**/desk/api/requests/SR-CROWD-030', (route) => route.abort());
  await open(page, 'SR-CROWD-030', 'requests');
  const waits = page.locator('.details', { hasText: words('desk.contact.accept-first') });
  await page.locator('.details', { hasText: 'SR-CROWD-030' }).waitFor();
  expect(await waits.count()).toBe(0);
  await page.unroute('**/desk/api/requests/SR-CROWD-030');
  await waits.waitFor();
});

it('a server that was away costs no message and doubles none', async () => {
  await accept(customer.conversation);
  await composer(page).fill('before it went away');
  await page.keyboard.press('Enter');
  await bubble(page, 'before it went away').waitFor();
  await floor.house.kill();
  await composer(page).fill('while it was away');
  await page.keyboard.press('Enter');
  await told(page, words('desk.pending.again'));
  await floor.house.restart();
  await says('and I write on');
  await bubble(page, 'and I write on').waitFor();
  await bubble(page, 'while it was away').waitFor();
  await expect.poll(() => page.locator('.pending').count(), PATIENCE).toBe(0);
  const texts = ['before it went away', 'while it was away', 'and I write on'];
  for (const text of texts) expect(await countOf(text)).toBe(1);
  expect(await said(customer.conversation, ...texts)).toEqual([1, 1, 1]);
});

it('a code that is typed wrong counts at once beside the case', async () => {
  const badge = () => page.locator('#packet [role=status]').first().innerText();
  const standing = (count: number) => words('desk.code.open', { address: 'i…\u2060@contoso.example', count });
  await page.getByRole('button', { name: words('desk.code') }).click();
  await page.getByRole('menuitem', { name: words('desk.code.to', { address: 'i…@contoso.example' }) }).click();
  await expect.poll(badge, PATIENCE).toBe(standing(3));
  await says('000000');
  await expect.poll(badge, PATIENCE).toBe(standing(2));
});

it('how the customer rates it stands in the conversation', async () => {
  await page.getByRole('button', { name: words('desk.close'), exact: true }).click();
  const closing = page.getByRole('dialog');
  await closing.getByRole('radio', { name: words('desk.close.solved') }).click();
  await closing.getByRole('button', { name: words('desk.close.button'), exact: true }).click();
  await page.locator('.standing', { hasText: words('desk.standing.bot') }).waitFor();
  await says('5');
  await page.locator('.bubble[data-role=user] .text', { hasText: /^5/ }).waitFor();
  expect(await page.locator('.system', { hasText: words('desk.outcome.solved') }).count()).toBe(1);
});

it('a number that was only written is in part, whole for who says what for, and what is written after is in part again', async () => {
  const shows = page.locator('#packet .ways button');
  await says('My mail still does not work, call me at 090-1234-5678');
  await bubble(page, '•••-••••-5678').first().waitFor();
  expect(await countOf('090-1234-5678')).toBe(0);
  await shows.first().click();
  await bubble(page, '090-1234-5678').first().waitFor();
  await expect.poll(() => shows.count(), PATIENCE).toBe(0);
  // The packet is read again meanwhile, in which all of it is in part.
  await says('or at 080-9999-8888');
  await bubble(page, '•••-••••-8888').first().waitFor();
  await expect.poll(() => shows.count(), PATIENCE).toBe(2);
  expect(await countOf('080-9999')).toBe(0);
  expect(await countOf('090-1234-5678')).toBeGreaterThan(0);
});

describe('a supervisor', () => {
  let boss: Page;
  beforeAll(async () => {
    ({ page: boss } = await floor.agent('supervisor', 'en'));
  });

  it('whispers to a colleague, takes over, and returns it to the assistant', async () => {
    const id = waiterId(12);
    await open(page, id);
    await composer(page).waitFor();
    await open(boss, id, 'all');
    await boss.locator('.composer[data-mode=note]').waitFor();
    await composer(boss).fill('ask for the message trace');
    await boss.keyboard.press('Enter');
    await page.locator('.bubble[data-role=note]', { hasText: 'ask for the message trace' }).waitFor();
    await boss.getByRole('button', { name: words('desk.takeOver') }).click();
    await boss.locator('.standing', { hasText: words('desk.standing.mine') }).waitFor();
    await told(page, words('desk.refused.takenBy', { name: 'supervisor' }));
    await boss.getByRole('button', { name: words('desk.return') }).click();
    await boss.locator('.standing', { hasText: words('desk.standing.bot') }).waitFor();
    expect(await said(id, 'ask for the message trace')).toEqual([1]);
  });

  it('has something tried again that could not be delivered; an agent is told who can', async () => {
    await inStorage(floor.house, async (unit) => {
      const at = Date.now();
      const job = { kind: 'ticket', key: 'ticket:SR-CROWD-010:1', payload: {}, attempts: 9, runAt: at, createdAt: at };
      await unit.jobs.add({ id: 'stuck', ...job, lastError: null });
      await unit.jobs.bury('stuck', 'unauthorized');
    });
    await open(page, 'stuck', 'undelivered');
    await told(page, words('desk.dead.notYours'));
    await open(boss, 'stuck', 'undelivered');
    await boss.locator('.details', { hasText: words('desk.dead.reason.unauthorized') }).waitFor();
    await boss.getByRole('button', { name: words('desk.dead.retry') }).click();
    await told(boss, words('desk.dead.again'));
    expect(floor.complaints).toEqual([]);
  });
});
