import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSafe } from '#src/outside/docs/links.ts';
import { judgeRange } from '#src/outside/docs/moniker.ts';
import { BrokenDocument, type DocRead, type DocSettings } from '#src/outside/docs/types.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { INCLUDED, INCLUDE_TEXT, makeDocument, makeFolder } from './make-docs.ts';
import { importedArticles } from '../compare/many-articles.ts';
import { plainWords, read } from './read.ts';

const NASTY = join(import.meta.dirname, 'docs', 'nasty');

/** A document of the nasty folder, read as the command line reads it. */
function nasty(name: string, settings: Partial<DocSettings> = {}): DocRead {
  const text = readFileSync(join(NASTY, name), 'utf8');
  const readInclude = (path: string): string => readFileSync(join(NASTY, path), 'utf8');
  return read({ path: name, text }, { base: 'https://learn.microsoft.com/ms', readInclude, ...settings });
}

const bodies = ({ articles }: DocRead): string => articles.map(({ title, body }) => `# ${title}\n${body}`).join('\n\n');

describe('a document with everything', () => {
  const uids = new Map([['mail.forwarding', 'everything.md']]);

  it('reads well', () => {
    expect(bodies(nasty('everything.md', { uids }))).toMatchSnapshot();
  });

  it('tells what was left out, each with its line', () => {
    expect(nasty('everything.md', { uids }).leftOut.map(({ kind, line, text }) => `${line} ${kind} ${text}`)).toEqual([
      '10 comment for authors\n::: moniker range="never-begun"',
      '45 other-cloud ## Operated by 21Vianet',
      '47 other-cloud Use the portal of 21Vianet.',
      '32 image media/edit.svg',
      '62 link xref:no.such.thing',
      '63 link javascript:alert(1)',
      '63 link data:text/html,x',
      '63 link http://example.com/a',
    ]);
  });

  it('gives the other cloud its own words', () => {
    const china = bodies(nasty('everything.md', { uids, offering: 'o365-21vianet' }));
    expect(china).toContain('Use the portal of 21Vianet.');
    expect(bodies(nasty('everything.md', { uids }))).not.toContain('portal of 21Vianet');
  });

  it('keeps only the version that was asked for', () => {
    const asked = nasty('everything.md', { uids, moniker: 'exchserver-2019' });
    expect(bodies(asked)).toContain('Only for servers.');
    expect(bodies(asked)).not.toContain('Applies to');
    const older = nasty('everything.md', { uids, moniker: 'exchserver-2013' });
    expect(bodies(older)).not.toContain('Only for servers.');
    expect(older.leftOut).toContainEqual(expect.objectContaining({ kind: 'moniker', text: 'Only for servers.' }));
  });
});

describe.each(['tabs.md', 'html.md', 'lists.md', 'includes.md', 'zh-note.md', 'references.md'])('%s', (name) => {
  it('reads well', () => {
    expect(bodies(nasty(name))).toMatchSnapshot();
  });
});

describe('ranges', () => {
  it.each([
    ['o365-worldwide', 'worldwide', undefined, 'keep'],
    ['o365-worldwide', 'o365-21vianet', undefined, 'other-cloud'],
    ['o365-21vianet', 'worldwide', undefined, 'other-cloud'],
    ['o365-worldwide || o365-21vianet', 'o365-21vianet', undefined, 'keep'],
    ['o365-germany', 'worldwide', undefined, 'other-cloud'],
    ['o365-21vianet', 'azure-21vianet', 'o365-21vianet', 'other-cloud'],
    ['>=exchserver-2016', 'worldwide', undefined, 'label'],
    ['>=exchserver-2016', 'worldwide', 'exchserver-2019', 'keep'],
    ['>=exchserver-2016', 'worldwide', 'exchserver-2013', 'other-moniker'],
    ['<graph-rest-1.10', 'worldwide', 'graph-rest-1.9', 'keep'],
    ['<=exchserver-2016', 'worldwide', 'exchserver-2016', 'keep'],
    ['>exchserver-2016', 'worldwide', 'sharepoint-server-2019', 'other-moniker'],
    ['exchserver-2016 || exchserver-2019', 'worldwide', 'exchserver-2019', 'keep'],
    ['=exchserver-2016', 'worldwide', 'exchserver-2016', 'keep'],
  ] as const)('%s in %s, asked for %s: %s', (range, offering, moniker, verdict) => {
    expect(judgeRange(range, offering, moniker)).toBe(verdict);
  });
});

const broken = (text: string, includes: Record<string, string> = {}): BrokenDocument | undefined => {
  try {
    read({ path: 'a/doc.md', text }, { readInclude: (path) => includes[path] });
    return undefined;
  } catch (error) {
    return error as BrokenDocument;
  }
};

describe('what cannot be read', () => {
  it.each([
    ['---\ntitle: "x\n---\n', 2, 'not YAML'],
    ['---\ntitle: x\n', 1, 'no end'],
    ['---\n- x\n---\nA', 1, 'no list of names'],
    ['', 1, 'no text'],
    ['# T\n\n::: moniker range="x"\nA', 3, 'never ends'],
    ['# T\n\n::: moniker range="x"\n::: zone pivot="y"\n::: moniker-end\nA', 4, 'never ends'],
    ['A\n[!INCLUDE [x](../../x.md)]', 2, 'outside'],
    ['A\n[!INCLUDE [x](%2e%2e/%2e%2e/x.md)]', 2, 'outside'],
    ['A\n[!INCLUDE [x](x.md)]', 2, 'missing'],
  ])('%j: line %i, %s', (text, line, reason) => {
    const error = broken(text);
    expect(error).toBeInstanceOf(BrokenDocument);
    expect([error?.line, error?.message]).toEqual([line, expect.stringContaining(reason)]);
  });

  it('names a circle, and stops at what is too deep or too much', () => {
    const circle = { 'a/b.md': '[!INCLUDE [c](c.md)]', 'a/c.md': '[!INCLUDE [b](b.md)]' };
    expect(broken('[!INCLUDE [b](b.md)]', circle)?.message).toContain('a/doc.md → a/b.md → a/c.md → a/b.md');
    const deep = Object.fromEntries([1, 2, 3, 4, 5, 6].map((at) => [`a/${at}.md`, `[!INCLUDE [x](${at + 1}.md)]`]));
    expect(broken('[!INCLUDE [x](1.md)]', deep)?.message).toContain('deeper than 5');
    const wide = { 'a/b.md': '[!INCLUDE [c](c.md)]\n'.repeat(1_000), 'a/c.md': 'x'.repeat(2_000) };
    expect(broken('[!INCLUDE [b](b.md)]', wide)?.message).toContain('more than');
  });
});

describe('fifty-one made documents in three languages', () => {
  it('lose no sentence: each stands in an article or among what was left out', () => {
    const documents = [...makeFolder(), ...LANGUAGES.map((language) => makeDocument(40, language))];
    expect(documents.length).toBeGreaterThanOrEqual(50);
    for (const document of documents) {
      const result = read(document, { readInclude: (path) => (path === INCLUDED ? INCLUDE_TEXT : undefined) });
      const told = plainWords([bodies(result), ...result.leftOut.map(({ text }) => text)].join('\n'));
      for (const sentence of document.sentences) expect(told, document.path).toContain(plainWords(sentence));
    }
  });

  it('hold nothing that a channel does not draw, and no link that may not be followed', () => {
    for (const document of makeFolder()) {
      const { articles } = read(document, { base: 'https://a.example/', readInclude: () => INCLUDE_TEXT });
      for (const { body } of articles) {
        expect(body).not.toMatch(/^#|^\||^>|!\[|:::|\[!|<\/?(?:p|div|kbd|script|br)\b|^ {2,}[-*] /m);
        for (const [, url = ''] of body.matchAll(/\]\(([^)]*)\)/g)) expect(isSafe(url)).toBe(true);
      }
    }
  });
});

it('lets no address pass that could do harm', () => {
  const bad = [
    'javascript:alert(1)',
    'http://a.b',
    'https://user:pw@a.b',
    'https://a.b/ c',
    'mailto:a@b?cc=c',
    'tel:x',
    'https://a.b/"<',
  ];
  for (const url of bad) expect(isSafe(url), url).toBe(false);
});

it('makes as many articles as a bench wants, each with a topic of its own in its language', () => {
  const articles = importedArticles(300);
  expect(new Set(articles.map(({ topic, language }) => `${language} ${topic}`)).size).toBe(300);
  expect(new Set(articles.map(({ language }) => language)).size).toBe(3);
});
