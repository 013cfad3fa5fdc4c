import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { asNew, FRONT } from '../pages/browser.ts';
import { saidSchema } from './channel.ts';
import type { Channel, Said } from './channel.ts';
import { pause } from './teams.ts';

/** The real Web Chat in a real browser: typed into its box, pressed on its buttons, as a person does. */

const frameSchema = z.object({
  activities: z.array(saidSchema.extend({ from: z.looseObject({ role: z.string().optional() }) })),
});
const actionSchema = z.looseObject({
  type: z.string(),
  title: z.string().optional(),
  data: z.looseObject({ choice: z.string().optional() }).optional(),
});
const cardSchema = z.looseObject({
  actions: z.array(actionSchema).default([]),
  body: z
    .array(z.looseObject({ type: z.string(), id: z.string().optional(), label: z.string().optional() }))
    .default([]),
});

const BOX = '[data-id=webchat-sendbox-input]';
const PATIENCE_MS = 20_000;

/** In a browser before which the house stands. Every conversation is somebody else's: in a page that finds nothing of the one before. */
export function webChatChannel(context: BrowserContext): Channel {
  return {
    name: 'Web Chat in a browser',
    async open(_house, as, language) {
      const page = await context.newPage();
      await page.setViewportSize({ width: 420, height: 900 });
      await asNew(page);
      await inTokyo(page);
      const heard: Said[] = [];
      page.on('websocket', (socket) => {
        socket.on('framereceived', ({ payload }) => heard.push(...botActivities(payload)));
      });
      await page.goto(`${FRONT}/chat?as=${as}&lang=${language}`);
      await page.locator(BOX).waitFor({ timeout: PATIENCE_MS });
      let seen = 0;
      const fresh = async (): Promise<Said[]> => {
        const said = await arrived(() => heard.slice(seen));
        seen += said.length;
        return said;
      };
      const greeting = await fresh();
      return {
        greeting,
        async say(text) {
          await page.fill(BOX, text);
          await page.keyboard.press('Enter');
          return fresh();
        },
        async submit(value) {
          await useCard(page, heard, value);
          return fresh();
        },
        async close() {
          await page.close();
          await context.clearCookies();
        },
      };
    },
  };
}

async function inTokyo(page: Page): Promise<void> {
  const emulation = await page.context().newCDPSession(page);
  await emulation.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Tokyo' });
}

function botActivities(payload: string | Buffer): Said[] {
  const text = payload.toString();
  if (text === '') return [];
  return frameSchema.parse(JSON.parse(text)).activities.filter(({ from }) => from.role === 'bot');
}

async function arrived(fresh: () => Said[]): Promise<Said[]> {
  for (let waited = 0; waited < PATIENCE_MS && fresh().length === 0; waited += 20) await pause(20);
  for (let before = -1; before !== fresh().length;) {
    before = fresh().length;
    await pause(60);
  }
  return fresh();
}

/** Fills in the fields of the last card, then presses the button that carries the choice (or the form's own). */
async function useCard(page: Page, heard: readonly Said[], value: Record<string, unknown>): Promise<void> {
  const attachment = heard.findLast(({ attachments }) => (attachments?.length ?? 0) > 0)?.attachments?.[0];
  const card = cardSchema.parse(attachment?.content);
  const shown = page.locator('.ac-adaptiveCard').last();
  await shown.waitFor({ timeout: PATIENCE_MS });
  for (const { id, type, label } of card.body) {
    const wanted = id === undefined ? undefined : value[id];
    if (typeof wanted !== 'string') continue;
    if (type === 'Input.ChoiceSet') await shown.locator(`input[type=radio][value="${wanted}"]`).check();
    else await shown.getByLabel(label ?? '', { exact: true }).fill(wanted);
  }
  const action = card.actions.find(({ type, data }) => type === 'Action.Submit' && data?.choice === value['choice']);
  if (!action) throw new Error(`no button for ${JSON.stringify(value)} on ${JSON.stringify(card.actions)}`);
  await shown.getByRole('button', { name: action.title ?? '', exact: true }).click();
}
