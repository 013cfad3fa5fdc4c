import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Directory } from '#src/intake/ports.ts';
import { book } from '../dialogs/talk.ts';
import { readable, stepOf } from './channel.ts';
import type { Said } from './channel.ts';
import { openOffice, SHAPES } from './office.ts';
import type { Office, Shape, Visit } from './office.ts';
import { tokenOf } from './play.ts';
import { TENANTS } from './tenants.ts';
import type { Heard, Stop, Tenant } from './tenants.ts';

/** Eight kinds of tenants, three languages, two shapes of channels: the exact way, and the words by their keys. */

let office: Office | undefined;
afterEach(async () => {
  await office?.close();
  office = undefined;
});

/** A directory that knows this one person; one that is down lets the turn wait before it says that it can't tell. */
function directoryOf({ facts, late = false }: Tenant): Directory {
  let asked = false;
  return {
    find() {
      if (!late || asked) return facts;
      asked = true;
      return new Promise((resolve) => setImmediate(() => resolve(facts)));
    },
    incidents: () => [],
    incidentState: () => Promise.resolve('unknown'),
  };
}

/** The parts of a phrase around what isn't known here. */
function partsOf(heard: Heard, language: Language): string[] {
  const [key, values] = typeof heard === 'string' ? [heard, {}] : heard;
  const filled = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '*' ? '\0' : value]),
  );
  return book.phrases.text(language, key, filled).split('\0');
}

const text = (said: readonly Said[]): string => said.map(readable).join('\n').replaceAll('\\', '');

/** Whether the book has an article for it is the book's affair: one that is offered didn't help. */
async function pastArticles(visit: Visit, said: Said[], steps: string[]): Promise<Said[]> {
  let last = said;
  for (let step = stepOf(last); step === 'answer'; step = stepOf(last)) {
    steps.push(step);
    const next = await visit.submit({ step, choice: 'no' });
    // What was said before the article, e.g. what to try first, was heard as well.
    last = [...last.map((one) => ({ ...one, channelData: {} })), ...next];
  }
  return last;
}

function act(visit: Visit, stop: Stop, last: readonly Said[]): Promise<Said[]> {
  if (!stop.do) throw new Error(`nothing is done at ${stop.at}`);
  if ('say' in stop.do) return visit.say(stop.do.say);
  const value = 'pick' in stop.do ? { choice: stop.do.pick } : stop.do.fill;
  return visit.submit({ step: stop.at, ...tokenOf(last.slice(-1)), ...value });
}

async function walk(tenant: Tenant, visit: Visit, language: Language): Promise<Said[]> {
  const all: Said[] = [];
  const steps: string[] = [];
  let last = await pastArticles(visit, await visit.say(tenant.opening[language]), steps);
  all.push(...last);
  for (const [at, stop] of tenant.stops.entries()) {
    expect(stepOf(last), `after ${steps.join(' > ')}: ${text(last)}`).toBe(stop.at);
    steps.push(stop.at);
    const words = text(last);
    for (const heard of stop.hears ?? []) for (const part of partsOf(heard, language)) expect(words).toContain(part);
    const data = last.at(-1)?.channelData;
    const way = data?.request?.route ?? data?.route;
    expect(way).toBe(stop.route ?? way);
    if (at === tenant.stops.length - 1) break;
    last = await pastArticles(visit, await act(visit, stop, last), steps);
    all.push(...last);
  }
  return all;
}

describe.each(SHAPES)('through a channel that is %s', (shape: Shape) => {
  describe.each(LANGUAGES)('in %s', (language) => {
    test.each(TENANTS)('$name', async (tenant) => {
      office = await openOffice(directoryOf(tenant));
      const visit = await office.visit(shape, 'sample:someone', language);
      const all = await walk(tenant, visit, language);
      for (const key of tenant.never ?? []) expect(text(all)).not.toContain(book.phrases.text(language, key));
      const filed = await visit.requests();
      expect(filed).toMatchObject(tenant.filed === null ? [] : [tenant.filed]);
      // A directory vouched exactly where nothing is named that it didn't.
      expect(filed.map(({ unverified }) => unverified === undefined)).toEqual(
        filed.map(({ entitlement }) => entitlement === 'directory'),
      );
      expect(office.failures).toEqual([]);
      // For a reader of the words: TRANSCRIPTS=folder keeps what was said.
      const folder = process.env['TRANSCRIPTS'];
      if (folder && shape === 'pulled')
        writeFileSync(`${folder}/${language} ${tenant.name.replaceAll(/[^\w ]/g, '').slice(0, 60)}.txt`, text(all));
    });
  });
});
