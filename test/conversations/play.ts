import { expect } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import type { House } from '../house.ts';
import { readable, stepOf } from './channel.ts';
import type { Channel, Said, Session } from './channel.ts';
import type { Act, Played, Script, Turn } from './script.ts';

/** Steps that may come or not, by what the knowledge base and the person's earlier requests hold; answered so that it goes on. */
const MAY_COME: Readonly<Record<string, string>> = { answer: 'no', incident: 'different', similar: 'different' };

/** Plays a script through a channel and checks how it ends. */
export async function play(
  script: Script,
  where: { channel: Channel; house: House; language: Language },
): Promise<Played> {
  const session = await where.channel.open(where.house, script.as, where.language);
  expect(session.greeting.map(({ channelData }) => channelData?.step)).toEqual(['welcome']);
  const played: Played = { steps: [], said: [...session.greeting] };
  const began = Date.now();
  let last = await heard(session.say(script.opening[where.language]), played);
  for (const turn of script.turns) last = await takeTurn(session, turn, { last, played, language: where.language });
  if (script.end.step !== '*') last = await passOptional(session, script.end.step, { last, played });
  checkEnd(script, played, last, began);
  if (script.onTheWay) expect(played.said.map(readable).join('\n')).toContain(script.onTheWay[where.language]);
  for (const step of script.never) expect(played.steps, `${step} is known and must not be asked`).not.toContain(step);
  await session.close();
  return played;
}

interface Now {
  last: Said[];
  played: Played;
}

async function takeTurn(session: Session, turn: Turn, now: Now & { language: Language }): Promise<Said[]> {
  const last = turn.at in MAY_COME ? now.last : await passOptional(session, turn.at, now);
  if (stepOf(last) !== turn.at && turn.at in MAY_COME) return last;
  expect(stepOf(last), `after ${now.played.steps.join(' > ')}: ${last.map(readable).join(' / ').slice(0, 300)}`).toBe(
    turn.at,
  );
  return heard(act(session, turn.act, last, now.language), now.played);
}

async function passOptional(session: Session, wanted: string, now: Now): Promise<Said[]> {
  let last = now.last;
  for (let step = stepOf(last); step !== undefined && step !== wanted && step in MAY_COME; step = stepOf(last)) {
    last = await heard(session.submit({ step, choice: MAY_COME[step] }), now.played);
  }
  return last;
}

function act(session: Session, what: Act, last: readonly Said[], language: Language): Promise<Said[]> {
  if ('say' in what) return session.say(what.say[language]);
  if ('type' in what) return session.say(what.type);
  const step = stepOf(last);
  return session.submit({ step, ...tokenOf(last), ...('pick' in what ? { choice: what.pick } : what.fill) });
}

/** What the card's own button would send along: the one-time id of the review card. */
export function tokenOf(last: readonly Said[]): Record<string, string> {
  const found = /"submissionId":"([^"]+)"/.exec(JSON.stringify(last))?.[1];
  return found === undefined ? {} : { submissionId: found };
}

async function heard(answer: Promise<Said[]>, played: Played): Promise<Said[]> {
  const said = await answer;
  played.said.push(...said);
  const step = stepOf(said);
  if (step !== undefined) played.steps.push(step);
  return said;
}

function checkEnd(script: Script, played: Played, last: readonly Said[], began: number): void {
  const { step, route, severity, reads, respondWithinHours } = script.end;
  const trail = `${played.steps.join(' > ')}: ${last.map(readable).join(' / ').slice(0, 400)}`;
  if (step !== '*') expect(stepOf(last), trail).toBe(step);
  const data = last.findLast(({ channelData }) => channelData?.step !== undefined)?.channelData;
  if (route) expect(data?.request?.route ?? data?.route, trail).toBe(route);
  if (severity) expect(data?.request?.severity, trail).toBe(severity);
  if (reads) expect(last.map(readable).join('\n')).toMatch(reads);
  if (respondWithinHours !== undefined) {
    const hours = (Date.parse(data?.request?.respondBy ?? '') - began) / 3_600_000;
    expect(hours).toBeGreaterThan(respondWithinHours - 0.01);
    expect(hours).toBeLessThan(respondWithinHours + 0.05);
  }
}
