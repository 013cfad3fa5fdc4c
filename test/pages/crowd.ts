import { newCase, type Case } from '#dialogs/case.ts';
import { CATEGORIES, LANGUAGES, SEVERITIES, type Language } from '#knowledge/schema.ts';
import { openStorage } from '#src/storage/open.ts';
import type { Unit } from '#src/log/ports.ts';
import type { House } from '../house.ts';
import { conversation, logRow, request } from '../storage/samples.ts';

const MINUTE = 60_000;

const TEXTS: Readonly<Record<Language, string>> = {
  en: 'Since this morning half of our sales team in Dublin cannot open shared mailboxes; Outlook asks for a password again and again.',
  'zh-CN': '从今天上午开始，上海办公室约三十名同事无法登录 Exchange Online，反复提示输入密码，邮件全部积压。',
  ja: '今朝から営業部の約三十名が共有メールボックスを開けず、Outlook で資格情報の入力を繰り返し求められます。',
};
const CATEGORIES_SERVED = CATEGORIES.slice(0, 5);

/** Writes into the database of a server that runs. */
export async function inStorage<T>(house: House, write: (unit: Unit) => Promise<T>): Promise<T> {
  const storage = await openStorage({ url: undefined, dataDir: house.dataDir });
  try {
    return await storage.transact(write);
  } finally {
    await storage.close();
  }
}

/** The conversation of the `index`-th of them. */
export const waiterId = (index: number): string => `waits-${String(index).padStart(3, '0')}`;

/** So many people wait for an agent, of every language, category and level; every tenth has a request with a promise. */
export function crowd(house: House, count: number): Promise<void> {
  return inStorage(house, async (unit) => {
    for (let index = 0; index < count; index += 1) await waiter(unit, index);
  });
}

async function waiter(unit: Unit, index: number): Promise<void> {
  const id = waiterId(index);
  const now = Date.now();
  const language = LANGUAGES[index % LANGUAGES.length] ?? 'en';
  const description = `${TEXTS[language]} #${index}`;
  const since = now - ((index % 50) + 1) * 1_000;
  const severity = SEVERITIES[Math.floor(index / 3) % SEVERITIES.length] ?? 'C';
  const category = CATEGORIES_SERVED[index % CATEGORIES_SERVED.length] ?? 'technical';
  const state: Case = {
    ...newCase(language, 'Asia/Tokyo', 'JP'),
    welcomed: true,
    description,
    triage: { category, product: 'exchange', severity, confidence: 0.9, evidence: [], doubt: null },
  };
  const waits = { owner: 'waiting' as const, waitingSince: since, ownedSince: now, deskAt: since, epoch: 1 };
  const rows = { lastSeq: 1, inSeq: 1, doneSeq: 1 };
  await unit.conversations.create(conversation({ id, language, offering: 'worldwide', state, ...waits, ...rows }));
  await unit.rows.append([
    logRow({ conversation: id, seq: 1, at: since, body: { type: 'message', text: description } }),
  ]);
  if (index % 10 !== 0) return;
  const respondBy = new Date(now + (index - 5) * MINUTE).toISOString();
  const number = `SR-CROWD-${String(index).padStart(3, '0')}`;
  const filed = { number, conversation: id, offering: 'worldwide', severity, category, language, description } as const;
  await unit.requests.insert(request({ ...filed, createdAt: since, respondBy, evidence: [] }));
}
