import { describe, expect, test } from 'vitest';
import { offering, question } from './place.ts';
import type { Question } from '#src/policy/decide.ts';
import { canFile, routeOf, ROUTES, type Route } from '#src/policy/route.ts';

type Row = [string, Partial<Question>, Route];

const worldwide = { offering: 'worldwide' } as const;
const partnerCenter = { offering: 'partner-center-21vianet' } as const;
const reseller = { person: 'partner' } as const;
const sevA = { severity: 'A', agreement: null } as const;

const rows: Row[] = [
  // who may open
  ['seed 000: assisted support is for admins', { person: 'may-open' }, 'open'],
  ['seed 000: not an admin → community or own admin', { person: 'not-admin' }, 'not-admin'],
  [
    'Global Reader is an admin who may not open requests',
    { person: 'admin-without-permission' },
    'admin-without-permission',
  ],
  ['nobody knows yet', { person: 'unknown' }, 'ask-admin'],
  ['asked, and not sure: never counted as an admin', { person: 'unknown', unsure: ['admin'] }, 'not-admin'],
  // before the admin check
  ['seed 000: third-party products, whoever asks', { person: 'not-admin', category: 'out-of-scope' }, 'out-of-scope'],
  ['seed 000: pre-sales needs no role', { person: 'not-admin', category: 'presales' }, 'presales'],
  ['presales of somebody unknown', { person: 'unknown', purchase: 'unknown', category: 'presales' }, 'presales'],
  [
    'a reseller asks about a third-party product',
    { ...partnerCenter, ...reseller, category: 'out-of-scope' },
    'out-of-scope',
  ],
  // the admin check before the purchase
  [
    'a user of a partner-only tenant is first of all no admin',
    { ...worldwide, person: 'not-admin', purchase: 'partner' },
    'not-admin',
  ],
  ['the role is asked before the purchase', { ...worldwide, person: 'unknown', purchase: 'unknown' }, 'ask-admin'],
  [
    'a reader whose partner sold all',
    { ...worldwide, person: 'admin-without-permission', purchase: 'partner' },
    'admin-without-permission',
  ],
  // purchase
  ['seed 000: all subscriptions through a partner', { ...worldwide, purchase: 'partner' }, 'contact-partner'],
  ['seed 000: bought at least one through Microsoft', { ...worldwide, purchase: 'both' }, 'open'],
  [
    'seed 002: the partner comes first for what the partner sold',
    { ...worldwide, purchase: 'both', affected: 'partner' },
    'partner-first',
  ],
  ['the affected one is direct', { ...worldwide, purchase: 'both', affected: 'direct' }, 'open'],
  ['"open a request anyway"', { ...worldwide, purchase: 'both', affected: 'partner', openAnyway: true }, 'open'],
  [
    '"anyway" opens nothing where every subscription is a partner’s',
    { ...worldwide, purchase: 'partner', openAnyway: true },
    'contact-partner',
  ],
  ['seed 001: the reseller is the point of contact', { purchase: 'partner' }, 'partner-first'],
  ['azure through a reseller', { offering: 'azure-21vianet', purchase: 'partner' }, 'partner-first'],
  ['21Vianet mixed, affected one from a reseller', { purchase: 'both', affected: 'partner' }, 'partner-first'],
  ['through a reseller, anyway', { purchase: 'partner', openAnyway: true }, 'open'],
  ['seed 000: both paid and trial', { purchase: 'trial' }, 'open'],
  ['worldwide trial', { ...worldwide, purchase: 'trial' }, 'open'],
  ['nobody knows where it was bought', { ...worldwide, purchase: 'unknown' }, 'ask-purchase'],
  ['21Vianet: where it was bought matters too', { purchase: 'unknown' }, 'ask-purchase'],
  ['asked, and not sure: not refused', { purchase: 'unknown', unsure: ['purchase'] }, 'open'],
  // agreement
  ['proposed A, technical, agreement unknown', { ...sevA }, 'ask-agreement'],
  ['azure likewise', { ...sevA, offering: 'azure-21vianet' }, 'ask-agreement'],
  ['billing can’t be A: nothing to ask', { ...sevA, category: 'billing' }, 'open'],
  ['how-to can’t be A: nothing to ask', { ...sevA, category: 'how-to' }, 'open'],
  ['worldwide knows no agreement', { ...sevA, ...worldwide }, 'open'],
  ['B needs no agreement', { severity: 'B', agreement: null }, 'open'],
  ['the agreement is known to be missing', { severity: 'A', agreement: false }, 'open'],
  ['asked, and not sure', { ...sevA, unsure: ['agreement'] }, 'open'],
  ['the purchase is asked before the agreement', { ...sevA, purchase: 'unknown' }, 'ask-purchase'],
  ['anyway, and then the agreement', { ...sevA, purchase: 'partner', openAnyway: true }, 'ask-agreement'],
  // resellers
  ['seed 001: issues with Partner Center', { ...partnerCenter, ...reseller, behalf: 'own' }, 'partner-center'],
  ['seed 001: on behalf of a customer', { ...partnerCenter, ...reseller, behalf: 'customer' }, 'on-behalf'],
  ['not said for whom', { ...partnerCenter, ...reseller, purchase: 'unknown' }, 'partner-center'],
  ['whoever may open there is a reseller', { ...partnerCenter, behalf: 'customer' }, 'on-behalf'],
  ['somebody unknown in Partner Center', { ...partnerCenter, person: 'unknown' }, 'ask-admin'],
  ['no access to Partner Center', { ...partnerCenter, person: 'not-admin' }, 'not-admin'],
  ['a reseller at Office 365, for a customer', { ...reseller, behalf: 'customer' }, 'on-behalf'],
  ['a reseller at Office 365 mostly speaks for a customer', { ...reseller }, 'on-behalf'],
  ['a reseller’s own Office 365: an admin there?', { ...reseller, behalf: 'own' }, 'ask-admin'],
  [
    'Partner Center asked about at Office 365',
    { ...reseller, behalf: 'own', category: 'partner-center' },
    'partner-center',
  ],
  // categories that name no subject
  ['wants a person', { category: 'human', severity: '' }, 'open'],
  ['chats, and nobody knows who it is', { category: 'chitchat', severity: '', person: 'unknown' }, 'ask-admin'],
];

test.each(rows)('%s', (_sentence, facts, route) => {
  const asked = question(facts);
  expect(routeOf(asked, offering(asked.offering)).route).toBe(route);
});

test('every route is reached by a row above', () => {
  expect(new Set(rows.map(([, , route]) => route))).toEqual(new Set(ROUTES));
});

describe('what each route rests on', () => {
  test.each<[Partial<Question>, string]>([
    [{ ...worldwide, purchase: 'partner' }, 'If you bought all your subscriptions through a partner'],
    [{ person: 'not-admin' }, 'for admins of Office 365 subscribed organizations only'],
    [{ category: 'out-of-scope' }, 'third-party services or add-ins'],
    [{ purchase: 'trial' }, 'both paid and trial subscriptions'],
  ])('%o', (facts, words) => {
    const asked = question(facts);
    const { rests } = routeOf(asked, offering(asked.offering));
    expect('source' in rests && rests.source.words).toContain(words);
  });
});

test('a request is filed on four routes only', () => {
  expect(ROUTES.filter(canFile)).toEqual(['open', 'partner-first', 'partner-center', 'on-behalf']);
});
