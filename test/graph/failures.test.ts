import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_ANSWER } from '../../src/outside/client.ts';
import { failed, graphOf, Microsoft, stranger, teamsPerson, withNetwork, withoutNetwork } from './microsoft.ts';
import type { Answer } from './microsoft.ts';
import { organization, OTHER_TENANT, PERSON, ROLES, TENANT, told } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import { NEVER, SHAPES } from './shapes.ts';

beforeEach(withoutNetwork);
afterEach(() => {
  withNetwork();
  failed.mockClear();
});

/** Time enough for what comes; what never comes is given up soon. */
const patience = (name: string) => (name === NEVER ? { callMs: 1_000 } : {});
const person = teamsPerson(TENANT, PERSON);

describe.each(SHAPES)('Graph answers: $name', ({ name, answer, why }) => {
  it('everything: nothing is known, nothing granted, nothing refused; whoever signed in stays signed in', async () => {
    new Microsoft().answers(answer);
    const facts = await graphOf(patience(name)).find(person);
    expect(facts).toMatchObject({
      verified: false,
      signedIn: true,
      role: 'unknown',
      purchase: 'unknown',
      agreement: null,
    });
    expect(facts).toMatchObject({ name: null, registeredPhones: [], offering: 'worldwide', roleName: null });
    expect(new Set(failed.mock.calls.map(([, , reason]) => reason))).toContain(why);
  });

  it('incidents: none are claimed, and of a known one nobody says that it is over', async () => {
    new Microsoft().answers(answer);
    const graph = graphOf(patience(name));
    expect(await graph.incidents(person, 'worldwide')).toEqual([]);
    expect(await graph.incidentState(person, 'worldwide', 'EX226792')).toBe('unknown');
  });

  it.each(['user', 'organization', 'subscriptions', 'roles', 'group-roles'] as const)(
    'only to the question of %s: the rest counts, and nobody is refused',
    async (question: Recorded) => {
      const held = new Map([
        [TENANT, [ROLES.support.id]],
        [OTHER_TENANT, []],
      ]);
      new Microsoft().answers((asked) => {
        const direct = held.get(asked.tenant) ?? [];
        return asked.question === question
          ? answer(asked)
          : told(organization({ tenant: asked.tenant, direct }), asked);
      });
      const graph = graphOf(patience(name));
      const [admin, other] = await Promise.all([
        graph.find(teamsPerson(TENANT, PERSON)),
        graph.find(teamsPerson(OTHER_TENANT, PERSON)),
      ]);
      const losesRefusal = question === 'user' || question === 'roles' || question === 'group-roles';
      expect([admin.role, other.role]).toEqual(['may-open', losesRefusal ? 'unknown' : 'not-admin']);
      for (const { role, purchase, verified } of [admin, other]) {
        expect(purchase).toBe(question === 'subscriptions' ? 'unknown' : 'direct');
        expect(verified).toBe(role !== 'unknown' && purchase !== 'unknown');
      }
    },
  );
});

describe('what failed', () => {
  it('is asked again after half a minute, not at every turn', async () => {
    const microsoft = new Microsoft().answers(() => ({ status: 503 }));
    let now = Date.now();
    const graph = graphOf({ clock: () => now });
    const facts = await graph.find(person);
    expect(graph.find(person), 'at once').toBe(facts);
    now += 29_000;
    expect(graph.find(person)).toBe(facts);
    microsoft.answers((asked) => told(organization(), asked));
    now += 2_000;
    expect((await graph.find(person)).role).toBe('may-open');
  });

  it('of activated roles: without a license for them there are none; when Graph is down nobody is refused', async () => {
    for (const [answer, role] of [
      [{ status: 400, body: { error: { code: 'AadPremiumLicenseRequired' } } }, 'not-admin'],
      [{ status: 403 }, 'not-admin'],
      [{ status: 500 }, 'unknown'],
      [{ status: 200, body: {} }, 'unknown'],
    ] satisfies [Answer, string][]) {
      new Microsoft().answers((asked) =>
        asked.question === 'eligible' ? answer : told(organization({ direct: [] }), asked),
      );
      expect((await graphOf().find(person)).role).toBe(role);
      withNetwork();
      withoutNetwork();
    }
  });

  it('takes no longer than the time for all calls together, though every call would', async () => {
    new Microsoft().answers(() => 'never');
    const facts = await graphOf({ callMs: 60_000, budgetMs: 80 }).find(person);
    expect(facts.role).toBe('unknown');
  });

  it('so does a sign-in that never answers', async () => {
    new Microsoft().signsIn(() => 'never');
    expect((await graphOf({ callMs: 60_000, budgetMs: 80 }).find(person)).role).toBe('unknown');
  });
});

/** The answer to the first of each question. */
const once = (answer: Answer) => {
  const seen = new Set<Recorded>();
  return (question: Recorded): Answer | null => (seen.has(question) ? null : (seen.add(question), answer));
};

describe('told to wait', () => {
  it.each([429, 503])('%d with a Retry-After that fits: asked again then', async (status) => {
    const first = once({ status, headers: { 'retry-after': '0' } });
    new Microsoft().answers((asked) => first(asked.question) ?? told(organization(), asked));
    expect(await graphOf().find(person)).toMatchObject({ role: 'may-open', purchase: 'direct', verified: true });
  });

  it('longer than there is time: not waited for', async () => {
    const microsoft = new Microsoft().answers(() => ({ status: 429, headers: { 'retry-after': '300' } }));
    expect((await graphOf().find(person)).role).toBe('unknown');
    expect(microsoft.of('user')).toHaveLength(1);
  });

  it('again and again: given up after the second time', async () => {
    const microsoft = new Microsoft().answers(() => ({ status: 429, headers: { 'retry-after': '0' } }));
    expect((await graphOf().find(person)).role).toBe('unknown');
    expect(microsoft.of('user')).toHaveLength(2);
  });
});

const STRANGERS = ['https://evil.example', 'http://graph.microsoft.com', 'https://graph.microsoft.com.evil.example'];

describe('an answer that is a trap', () => {
  it.each([
    ['the next page on another host', 'https://evil.example/v1.0/directory/subscriptions?$skiptoken=2'],
    ['the next page in the clear', 'http://graph.microsoft.com/v1.0/directory/subscriptions?$skiptoken=2'],
    ['the next page on a host that begins alike', 'https://graph.microsoft.com.evil.example/v1.0/x'],
    ['the next page behind a user name', 'https://graph.microsoft.com@evil.example/v1.0/x'],
    ['the next page is no address', 'x'],
    ['pages without end', 'https://graph.microsoft.com/v1.0/directory/subscriptions?$skiptoken=again'],
  ])('%s', async (_name, next) => {
    const elsewhere = STRANGERS.map(stranger);
    const microsoft = new Microsoft().answers((asked) =>
      asked.question === 'subscriptions'
        ? { status: 200, body: { value: [], '@odata.nextLink': next } }
        : told(organization(), asked),
    );
    const facts = await graphOf().find(person);
    expect([facts.purchase, facts.role]).toEqual(['unknown', 'may-open']);
    expect(microsoft.of('subscriptions').length).toBeLessThanOrEqual(10);
    expect(elsewhere.flat()).toEqual([]);
  });

  it('a redirect is not followed, neither by Graph nor by the sign-in', async () => {
    const elsewhere = stranger('https://evil.example');
    const away: Answer = { status: 307, headers: { location: 'https://evil.example/v1.0/directory/subscriptions' } };
    const microsoft = new Microsoft().answers((asked) =>
      asked.question === 'subscriptions' ? away : told(organization(), asked),
    );
    expect(await graphOf().find(person)).toMatchObject({ purchase: 'unknown', role: 'may-open' });
    microsoft.signsIn(() => away);
    expect((await graphOf().find(person)).role).toBe('unknown');
    expect(elsewhere).toEqual([]);
  });

  it('an answer without end is not read to its end', async () => {
    const body = { value: [], filler: 'x'.repeat(LARGEST_ANSWER) };
    new Microsoft().answers((asked) =>
      asked.question === 'subscriptions' ? { status: 200, body } : told(organization(), asked),
    );
    expect((await graphOf().find(person)).purchase).toBe('unknown');
    expect(failed.mock.calls).toContainEqual(['worldwide', 'subscriptions', 'malformed']);
  });

  it('another organization than the one that was asked, another person than the one', async () => {
    new Microsoft().answers((asked) =>
      told(organization({ tenant: '11111111-1111-4111-8111-111111111111', direct: [], user: { id: 'x' } }), asked),
    );
    const facts = await graphOf().find(person);
    expect([facts.role, facts.name, facts.registeredPhones]).toEqual(['unknown', null, []]);
  });
});
