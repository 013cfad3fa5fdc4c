import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Incident } from '#src/intake/ports.ts';
import { graphOf, Microsoft, teamsPerson, withNetwork, withoutNetwork } from './microsoft.ts';
import { issue, organization, PERSON, TENANT, told } from './recorded.ts';

beforeEach(withoutNetwork);
afterEach(withNetwork);

const person = teamsPerson(TENANT, PERSON);

async function incidents(...issues: Record<string, unknown>[]): Promise<readonly Incident[]> {
  new Microsoft().answers((asked) => told(organization({ issues }), asked));
  return graphOf().incidents(person, 'worldwide');
}

describe('current incidents', () => {
  it('as an incident is shown: plain text, the latest word on it', async () => {
    const [found, ...others] = await incidents(issue());
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: 'EX226792',
      offering: 'worldwide',
      service: 'Exchange Online',
      title: 'Limited number of users unable to send or receive email through the Exchange Online service',
      status: 'serviceDegradation',
      startedAt: '2026-11-20T01:00:00.000Z',
      latest: { text: "We're rerouting mail.", at: '2026-11-20T02:07:38.970Z' },
    });
  });

  it.each([
    ['ServiceDegradation', 1],
    ['serviceInterruption', 1],
    ['Investigating', 1],
    ['RESTORINGSERVICE', 1],
    ['extendedRecovery', 1],
    ['verifyingService', 1],
    ['investigationSuspended', 1],
    ['aStatusOfTheFuture', 1],
    ['ServiceRestored', 0],
    ['serviceRestored', 0],
    ['PostIncidentReviewPublished', 0],
    ['FalsePositive', 0],
    ['serviceOperational', 0],
  ] as const)('%s: %d shown', async (status, shown) => {
    expect(await incidents(issue({ status }))).toHaveLength(shown);
  });

  it('resolved ones, and what is neither incident nor advisory, are not shown', async () => {
    const shown = await incidents(
      issue({ id: 'EX1', isResolved: true }),
      issue({ id: 'EX2', classification: 'unknownFutureValue' }),
      issue({ id: 'EX3', classification: 'Advisory' }),
      issue({ id: 'EX4', classification: 'incident', startDateTime: '2026-11-20T05:00:00Z' }),
    );
    expect(shown.map(({ id }) => id)).toEqual(['EX4', 'EX3']);
  });

  it.each([
    ['a script', '<script>alert(1)</script>Mail is down', 'Mail is down'],
    ['entities', 'Mail &amp; calendar &lt;b&gt; down', 'Mail & calendar <b> down'],
    ['a link', '<a href="javascript:alert(1)">Mail</a> is down', 'Mail is down'],
    ['lines', 'Mail<br>is\n\n  down', 'Mail is down'],
  ])('HTML is stripped: %s', async (_name, title, text) => {
    const [found] = await incidents(issue({ title }));
    expect(found?.title).toBe(text);
  });

  it('what can not be shown is left out, the rest stays', async () => {
    const shown = await incidents(
      issue({ id: 'EX1/../../x' }),
      issue({ id: 'EX2', title: '<img src=x>' }),
      issue({ id: 'EX3', startDateTime: 'soon' }),
      issue({ id: 'EX4', posts: null, impactDescription: null, title: 'x'.repeat(5_000) }),
    );
    expect(shown.map(({ id, title, latest }) => [id, title.length, latest])).toEqual([['EX4', 300, undefined]]);
  });

  it('are asked for once in two minutes for all of an organization, and only those that go on', async () => {
    const microsoft = new Microsoft().answers((asked) => told(organization({ issues: [issue()] }), asked));
    let now = Date.now();
    const graph = graphOf({ clock: () => now });
    await Promise.all([graph.find(person), graph.incidents(person, 'worldwide')]);
    const colleague = teamsPerson(TENANT, '171cc716-8147-4397-a5ba-b2105951cc0b');
    expect(graph.incidents(colleague, 'worldwide'), 'at once').toHaveLength(1);
    expect(microsoft.of('incidents')).toHaveLength(1);
    const [asked] = microsoft.of('incidents');
    expect(asked?.url.searchParams.get('$filter')).toBe('isResolved eq false');
    expect(asked?.headers.get('prefer')).toBe('odata.maxpagesize=100');
    now += 121_000;
    await graph.incidents(person, 'worldwide');
    expect(microsoft.of('incidents')).toHaveLength(2);
  });

  it('belong to the offering of the cloud: Azure and Partner Center of 21Vianet have none there', async () => {
    new Microsoft('china').answers((asked) => told(organization({ issues: [issue()] }), asked));
    const graph = graphOf({ teamsCloud: 'china' });
    expect((await graph.incidents(person, 'o365-21vianet')).map(({ offering }) => offering)).toEqual(['o365-21vianet']);
    for (const other of ['worldwide', 'azure-21vianet', 'partner-center-21vianet'] as const)
      expect(graph.incidents(person, other)).toEqual([]);
  });
});

describe('how an incident stands', () => {
  it.each([
    [{ isResolved: false }, 'current'],
    [{ isResolved: true, status: 'ServiceRestored' }, 'over'],
    [{ isResolved: false, status: 'postIncidentReviewPublished' }, 'over'],
    [{ isResolved: null, status: 'FalsePositive' }, 'over'],
    [{ isResolved: null, status: 'Investigating' }, 'current'],
  ])('%j: %s', async (part, state) => {
    new Microsoft().answers((asked) => told(organization({ issues: [issue(part)] }), asked));
    expect(await graphOf().incidentState(person, 'worldwide', 'EX226792')).toBe(state);
  });

  it.each(['EX999', '../messages', 'EX1?$expand=x', ''])('of %j nobody can tell', async (id) => {
    new Microsoft().answers((asked) => told(organization({ issues: [issue()] }), asked));
    expect(await graphOf().incidentState(person, 'worldwide', id)).toBe('unknown');
    expect(await graphOf().incidentState(person, 'azure-21vianet', 'EX226792')).toBe('unknown');
  });
});

function hits({ keywords }: Incident, text: string): number {
  return keywords.filter((word) => text.toLowerCase().includes(word)).length;
}

describe('the words of an incident', () => {
  const SEARCH = issue({
    id: 'SP1',
    service: 'SharePoint Online',
    title: "Some users' search results may be incomplete",
    impactDescription: 'Users may see incomplete search results in SharePoint Online.',
  });

  it('none holds another one, so that one word of a text counts once', async () => {
    for (const { keywords } of await incidents(issue(), SEARCH))
      for (const word of keywords) expect(keywords.filter((other) => other.includes(word))).toEqual([word]);
  });

  const SAID = {
    en: ['Nobody can send mail since this morning', 'Search in SharePoint finds nothing'],
    'zh-CN': ['从早上开始邮件发送不出去', 'SharePoint 站点里搜索不到文件'],
    ja: ['朝からメールが送信できません', 'SharePoint の検索で何も見つかりません'],
  } as const;

  it.each(LANGUAGES)('in %s, what people say holds two words of its incident, and of no other', async (language) => {
    const known = await incidents(issue(), SEARCH);
    const found = SAID[language].map((text) => known.filter((one) => hits(one, text) >= 2).map(({ id }) => id));
    expect(found).toEqual([['EX226792'], ['SP1']]);
  });
});
