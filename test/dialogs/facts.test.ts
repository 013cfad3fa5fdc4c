import { describe, expect, it } from 'vitest';
import { ownReferenceIn } from '#dialogs/on-behalf.ts';
import { at } from './steps.ts';
import { talk } from './talk.ts';

/** What the directory said, and how long and for what it counts. */

const HOUR = 60 * 60_000;

describe('a matter that was left lying', () => {
  it('isn’t filed on a role that was taken meanwhile: the card of before leads to where things stand now', () => {
    const there = at('review');
    there.setting.facts = { role: 'not-admin', roleName: null };
    there.now += 2 * HOUR;
    there.pick('submit');
    expect([there.step, there.requests, there.reply.data?.['route']]).toEqual(['route', [], 'not-admin']);
  });

  it('isn’t filed either by a word in place of the button', () => {
    const there = at('review');
    there.setting.facts = { role: 'not-admin', roleName: null };
    there.now += 2 * HOUR;
    there.say('submit');
    expect([there.step, there.requests]).toEqual(['route', []]);
  });

  it('is asked about anew where the directory can’t tell any more, and the request says "unverified"', () => {
    const there = at('review');
    there.setting.facts = { role: 'unknown', roleName: null, verified: false };
    there.now += 2 * HOUR;
    there.pick('submit');
    expect([there.step, there.requests]).toEqual(['admin', []]);
    there.pick('yes').pick('submit');
    expect(there.requests[0]).toMatchObject({ entitlement: 'stated', unverified: ['role'] });
  });

  it('is filed by the card that was shown where nothing changed', () => {
    const there = at('review');
    there.now += 2 * HOUR;
    expect(there.pick('submit').requests).toHaveLength(1);
  });

  it('doesn’t change its mind while the person is at it', () => {
    const there = at('review');
    there.setting.facts = { role: 'not-admin', roleName: null };
    expect(there.pick('submit').requests).toHaveLength(1);
  });
});

describe('what the directory knows of one product', () => {
  const text = 'With Office 365 operated by 21Vianet nobody can send mail from Outlook since this morning.';

  it('opens nothing in another one that the person names, though the purchase couldn’t be told', () => {
    const facts = { verified: false, role: 'may-open', purchase: 'unknown', offering: 'worldwide' } as const;
    const there = talk({ facts }).arrive().say(text);
    expect(there.known.stated.offering).toBeUndefined();
    expect(there.known.facts?.offering).toBe('worldwide');
  });

  it('is not told for the worldwide product where it leaves the product of 21Vianet’s cloud open', () => {
    const facts = { role: 'may-open', purchase: 'direct', offering: null } as const;
    const there = talk({ facts }).arrive().say('Outlook crashes every time I open the calendar.');
    expect(there.step).toBe('offering');
    expect(there.reply.choices?.map(({ id }) => id)).toEqual([
      'o365-21vianet',
      'azure-21vianet',
      'partner-center-21vianet',
    ]);
    expect(there.pick('worldwide').step).toBe('offering');
  });

  it('where it knows nothing of them, the product that they name counts, and the rest is asked', () => {
    const facts = { verified: false, role: 'unknown', purchase: 'unknown', offering: 'worldwide' } as const;
    const there = talk({ facts }).arrive().say(text);
    expect(there.known.stated.offering).toBe('o365-21vianet');
  });
});

describe('an incident that comes back', () => {
  it('is waited for anew by who said "me too" in this conversation, without a question', () => {
    const there = at('incident').pick('me-too');
    const [first] = there.does('link-incident');
    there.say('Forms responses of our survey: the export to Excel fails, and the audit is today.');
    expect(there.does('link-incident')).toEqual([first]);
    expect(there.known.trail).not.toContain('incident');
  });
});

it('a text of blanks after "ticket" is looked through at once: nobody waits for somebody else’s text', () => {
  const began = process.cpuUsage().user;
  expect(ownReferenceIn(`ticket${' '.repeat(3_900)}!`)).toBeNull();
  // Many seconds, when each gap was tried against each other one.
  expect((process.cpuUsage().user - began) / 1000).toBeLessThan(500);
  expect(ownReferenceIn(`ticket \n\t no. ${' '.repeat(3_000)} 4711`)).toBe('4711');
});
