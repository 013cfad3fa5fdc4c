import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { splitFrontMatter } from '#knowledge/front-matter.ts';
import { fillReferences } from '#knowledge/references.ts';

const fileOf = (head: string) => `---\n${head}\n---\nBody.\n`;

describe('front matter', () => {
  it.each([
    'topic: a.b\ntitle: Plain words, with a comma',
    "title: 'It''s quoted: yes'\nkeywords: [a, b c, d]",
    'questions:\n  - How?\n  - "When: now"\nreviewed: 2026-11-20',
    'keywords: ["a, b", c]\nempty: []',
    'title: "with \\u0041 escape"',
    'note: >\n  folded\n  text',
  ])('reads as the yaml package does: %s', (head) => {
    const expected = parse(head, { schema: 'failsafe' }) as unknown;
    expect(splitFrontMatter(fileOf(head))).toEqual({ meta: expected, body: 'Body.' });
  });

  it('keeps a rule inside the body, Windows line ends and a byte order mark apart', () => {
    const read = splitFrontMatter('\uFEFF---\r\ntitle: A\r\n---\r\nOne\r\n\r\n---\r\nTwo\r\n');
    expect(read).toEqual({ meta: { title: 'A' }, body: 'One\n\n---\nTwo' });
  });

  it('says when there is none', () => {
    expect(splitFrontMatter('# Title')).toBeUndefined();
    expect(splitFrontMatter('---\ntitle: A')).toBeUndefined();
  });
});

describe('references', () => {
  const trees = {
    shop: {
      hours: { opens: { value: '09:00', source: {} } },
      names: { en: { value: 'Shop' }, ja: { value: '店' } },
      days: { value: 3 },
    },
  };

  it('fills in leaves by path, and texts by language', () => {
    const body = '{{shop.hours.opens}} {{ shop.days }} {{shop.names}}';
    expect(fillReferences(body, trees, 'ja')).toEqual({ body: '09:00 3 店', unknown: [] });
  });

  it.each(['shop.hours', 'shop.nope', 'shop.hours.opens.value.length', '__proto__', 'constructor.name'])(
    'does not know {{%s}}',
    (path) => {
      expect(fillReferences(`{{${path}}}`, trees, 'en').unknown).toEqual([path]);
    },
  );
});
