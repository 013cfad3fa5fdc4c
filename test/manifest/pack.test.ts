import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readBook } from '#knowledge/book.ts';
import { readCommand } from '#dialogs/words.ts';
import { pack, type Facts } from '../../manifest/pack.ts';
import { localizationSchema, manifestSchema, type Manifest } from '../../manifest/schema.ts';
import { run, withData } from '../cli/run.ts';
import { readPng, readZip } from './read-zip.ts';

vi.setConfig({ testTimeout: 60_000 });

const FACTS: Facts = {
  appId: '6f1c2c1e-7c43-4a55-9d0e-2a3b4c5d6e7f',
  publicUrl: 'https://desk.contoso.com',
  developer: 'Contoso',
  privacy: 'https://contoso.com/privacy',
  terms: 'https://contoso.com/terms',
  version: '1.2.3',
};

function packed(facts: Facts = FACTS): Buffer {
  const made = pack(facts);
  if ('problems' in made) throw new Error(made.problems.join('\n'));
  return made.bytes;
}

const files = readZip(packed());
const text = (name: string) => files.get(name)!.toString('utf8');
const manifest: Manifest = manifestSchema.parse(JSON.parse(text('manifest.json')));
const LANGUAGES = ['zh-cn', 'ja'] as const;
const wordsIn = (language: (typeof LANGUAGES)[number]) =>
  z.record(z.string(), z.string()).parse(JSON.parse(text(`${language}.json`)));

describe('the package', () => {
  test('holds the manifest, two icons and two translations, all in its root', () => {
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png', 'zh-cn.json', 'ja.json']);
  });

  test('says which bot and which server, and is no single sign-on yet', () => {
    expect(manifest).toMatchObject({
      id: FACTS.appId,
      version: '1.2.3',
      developer: { name: 'Contoso', privacyUrl: FACTS.privacy, termsOfUseUrl: FACTS.terms },
      bots: [{ botId: FACTS.appId, scopes: ['personal', 'team', 'groupChat'] }],
      validDomains: ['desk.contoso.com'],
    });
    expect(manifest).not.toHaveProperty('webApplicationInfo');
    expect(text('manifest.json')).not.toContain('${{');
  });

  test('shows the chat in a tab, in Teams’ theme and language', () => {
    const tab = manifest.staticTabs.find(({ entityId }) => entityId === 'chat');
    expect(tab).toMatchObject({
      contentUrl: 'https://desk.contoso.com/chat?in=teams&theme={theme}&lang={locale}',
      websiteUrl: 'https://desk.contoso.com/chat',
    });
  });

  test('names a server on another port with it', () => {
    const other = readZip(packed({ ...FACTS, publicUrl: 'https://Desk.contoso.com:8443/' })).get('manifest.json');
    expect(JSON.parse(other!.toString())).toMatchObject({
      validDomains: ['desk.contoso.com:8443'],
      developer: { websiteUrl: 'https://desk.contoso.com:8443/chat' },
    });
  });

  test('is read by somebody else’s unzipper', ({ skip }) => {
    const python = spawnSync('python3', ['--version']);
    if (python.status !== 0) skip('there is no python3 here');
    const script = `import io, sys, zipfile, json
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps([archive.testzip(), {i.filename: [i.file_size, i.date_time] for i in archive.infolist()}, json.loads(archive.read('ja.json'))['name.full']]))`;
    const found = JSON.parse(execFileSync('python3', ['-c', script], { input: packed(), encoding: 'utf8' }));
    const day = [1980, 1, 1, 0, 0, 0];
    const sizes = [...files].map(([name, bytes]) => [name, [bytes.length, day]]);
    expect(found).toEqual([null, Object.fromEntries(sizes), 'Frontdesk サポート窓口']);
  });
});

describe('the icons', () => {
  test('color: 192 × 192, opaque, its picture within the middle 120 × 120', () => {
    const icon = readPng(files.get('color.png')!);
    expect([icon.width, icon.height]).toEqual([192, 192]);
    const colours = new Set<string>();
    for (let x = 0; x < 192; x += 1) {
      for (let y = 0; y < 192; y += 1) {
        const pixel = icon.at(x, y);
        expect(pixel[3]).toBe(255);
        const isMiddle = [x, y].every((at) => at >= 36 && at < 156);
        if (isMiddle) colours.add(pixel.join());
        else if (pixel.join() !== '15,108,189,255') throw new Error(`drawn at ${x}, ${y}`);
      }
    }
    expect(colours).toContain('255,255,255,255');
    expect(manifest.accentColor).toBe('#0F6CBD');
  });

  test('outline: 32 × 32, white on nothing', () => {
    const icon = readPng(files.get('outline.png')!);
    expect([icon.width, icon.height]).toEqual([32, 32]);
    const pixels = Array.from({ length: 1024 }, (_, i) => icon.at(i % 32, Math.floor(i / 32)));
    expect(new Set(pixels.map(([r, g, b]) => `${r},${g},${b}`))).toEqual(new Set(['255,255,255']));
    const solid = pixels.filter(([, , , alpha]) => alpha === 255).length;
    const empty = pixels.filter(([, , , alpha]) => alpha === 0).length;
    expect([solid > 60, empty > 512, icon.at(0, 0)[3], icon.at(31, 31)[3]]).toEqual([true, true, 0, 0]);
  });
});

describe.each(LANGUAGES)('the words in %s', (language) => {
  const words = wordsIn(language);

  test('are complete, within Teams’ limits and name nothing else', () => {
    expect(localizationSchema(manifest).safeParse(words).error).toBeUndefined();
    expect(manifest.localizationInfo.additionalLanguages).toContainEqual({
      languageTag: language,
      file: `${language}.json`,
    });
  });

  test('are translated: only names are as in English', () => {
    const english = new Set([
      manifest.description.short,
      manifest.description.full,
      manifest.name.full,
      ...manifest.bots[0].commandLists[0]!.commands.slice(0, 5).flatMap(({ title, description }) => [
        title,
        description,
      ]),
      ...manifest.bots[0].commandLists[0]!.commands.slice(5).map(({ description }) => description),
    ]);
    expect(Object.values(words).filter((word) => english.has(word))).toEqual([]);
  });
});

describe('the commands', () => {
  const { phrases } = readBook();
  const commands = manifest.bots[0].commandLists[0]!.commands;
  const MEANT = ['help', 'human', 'back', 'start-over', 'cancel', 'english', 'chinese', 'japanese'];

  test('are understood by the bot as they arrive, in English', () => {
    expect(commands.map(({ title }) => readCommand(title, phrases))).toEqual(MEANT);
  });

  test.each(LANGUAGES)('… and in %s, in which they arrive from people whose Teams speaks it', (language) => {
    const titles = commands.map((_, at) => wordsIn(language)[`bots[0].commandLists[0].commands[${at}].title`] ?? '');
    expect(titles.map((title) => readCommand(title, phrases))).toEqual(MEANT);
  });
});

describe('the same facts', () => {
  test('give the same bytes', () => expect(packed().equals(packed())).toBe(true));
  test('other facts don’t', () => expect(packed().equals(packed({ ...FACTS, version: '1.2.4' }))).toBe(false));
});

describe('what is missing or wrong is named', () => {
  test('everything at once', () => {
    const none = { appId: undefined, publicUrl: undefined, developer: undefined, privacy: undefined, terms: undefined };
    expect(pack({ ...none, version: undefined })).toEqual({
      problems: ['MicrosoftAppId', 'PUBLIC_URL', '--developer', '--privacy', '--terms', '--version'].map(
        (name) => `${name} is not set.`,
      ),
    });
  });

  test.each<[keyof Facts, string, RegExp]>([
    ['appId', 'my-bot', /^MicrosoftAppId must be .*GUID/],
    ['appId', '', /^MicrosoftAppId/],
    ['appId', '00000000-0000-0000-0000-000000000000', /^MicrosoftAppId/],
    ['publicUrl', 'http://desk.contoso.com', /^PUBLIC_URL must be an https address/],
    ['publicUrl', 'desk.contoso.com', /^PUBLIC_URL/],
    ['publicUrl', 'https://desk.contoso.com/support', /^PUBLIC_URL must have no path/],
    ['publicUrl', 'https://[::1]', /^PUBLIC_URL must name a host/],
    ['developer', ' ', /^--developer/],
    ['developer', 'x'.repeat(33), /^--developer must have 32/],
    ['privacy', 'http://contoso.com', /^--privacy must be an https address/],
    ['privacy', 'https://${{publicHost}}/', /^--privacy/],
    ['terms', `https://contoso.com/${'x'.repeat(2048)}`, /^--terms is too long/],
    ['version', '1.0', /^--version must be three numbers/],
    ['version', '01.0.0', /^--version/],
  ])('%s = %s', (fact, value, named) => {
    const made = pack({ ...FACTS, [fact]: value });
    expect('problems' in made && made.problems.some((problem) => named.test(problem))).toBe(true);
  });

  test('an address with a dollar sign is nobody’s fault', () => {
    expect(pack({ ...FACTS, terms: 'https://contoso.com/?a=$b&c={d}' })).toHaveProperty('bytes');
  });
});

/** Sets a value deep in a copy of the manifest. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(manifest);
  let place = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  place[path.at(-1)!] = value;
  return copy;
}

const many = (count: number, each: unknown) => Array.from({ length: count }, () => each);

describe('a manifest that Teams would refuse is refused here', () => {
  const [list] = manifest.bots[0].commandLists;
  test.each<[string, readonly (string | number)[], unknown]>([
    ['short name over 30', ['name', 'short'], 'x'.repeat(31)],
    ['full name over 100', ['name', 'full'], 'x'.repeat(101)],
    ['short description over 80', ['description', 'short'], 'x'.repeat(81)],
    ['full description over 4000', ['description', 'full'], 'x'.repeat(4001)],
    ['developer over 32', ['developer', 'name'], 'x'.repeat(33)],
    ['no privacy page', ['developer', 'privacyUrl'], ''],
    ['no GUID', ['id'], 'frontdesk'],
    ['two bots', ['bots'], many(2, manifest.bots[0])],
    ['unknown scope', ['bots', 0, 'scopes'], ['groupchat']],
    ['four command lists', ['bots', 0, 'commandLists'], many(4, list)],
    ['eleven commands', ['bots', 0, 'commandLists', 0, 'commands'], many(11, list!.commands[0])],
    ['title over 32', ['bots', 0, 'commandLists', 0, 'commands', 0, 'title'], 'x'.repeat(33)],
    ['description over 128', ['bots', 0, 'commandLists', 0, 'commands', 0, 'description'], 'x'.repeat(129)],
    ['seventeen tabs', ['staticTabs'], many(17, manifest.staticTabs[0])],
    ['tab id over 64', ['staticTabs', 1, 'entityId'], 'x'.repeat(65)],
    ['tab name over 128', ['staticTabs', 1, 'name'], 'x'.repeat(129)],
    ['tab without https', ['staticTabs', 1, 'contentUrl'], 'http://desk.contoso.com/chat'],
    ['tab in a team', ['staticTabs', 1, 'scopes'], ['team']],
    ['domain with scheme', ['validDomains'], ['https://desk.contoso.com']],
    ['wildcard domain', ['validDomains'], ['*.contoso.com']],
    ['101 domains', ['validDomains'], many(101, 'desk.contoso.com')],
    ['colour by name', ['accentColor'], 'blue'],
    ['icon elsewhere', ['icons', 'color'], '../color.png'],
    ['another version', ['manifestVersion'], '1.29'],
    ['unfilled gap', ['developer', 'websiteUrl'], 'https://${{publicHost}}/chat'],
    ['unknown property', ['webApplicationInfo'], { id: manifest.id }],
  ])('%s', (_what, path, value) => expect(manifestSchema.safeParse(changed(path, value)).success).toBe(false));

  test('a translation that lacks a word, has one too many or too long a one', () => {
    const schema = localizationSchema(manifest);
    const { 'description.short': _missing, ...lacking } = wordsIn('ja');
    const title = 'bots[0].commandLists[0].commands[0].title';
    for (const bad of [
      lacking,
      { ...wordsIn('ja'), 'staticTabs[2].name': 'x' },
      { ...wordsIn('ja'), [title]: 'x'.repeat(33) },
      { ...wordsIn('ja'), 'name.short': 'x'.repeat(31) },
    ])
      expect(schema.safeParse(bad).success).toBe(false);
  });
});

describe('frontdesk pack', () => {
  const env = { MicrosoftAppId: FACTS.appId!, PUBLIC_URL: FACTS.publicUrl! };
  const options = ['--developer', 'Contoso', '--privacy', FACTS.privacy!, '--terms', FACTS.terms!];

  test('writes it, the same in every zone, and needs no secret of the server', async () => {
    await withData(async (dir) => {
      const [one, other] = [join(dir, 'new', 'one.zip'), join(dir, 'other.zip')];
      const west = { ...env, NODE_ENV: 'production', TZ: 'America/Los_Angeles' };
      const first = await run(['pack', ...options, '--version', '1.2.3', '--file', one], { env: west });
      const second = await run(['pack', ...options, '--version', '1.2.3', '--file', other], {
        env: { ...env, TZ: 'Asia/Tokyo' },
      });
      expect([first.code, second.code]).toEqual([0, 0]);
      expect(first.lines).toEqual([{ file: one, bytes: packed().length, version: '1.2.3' }]);
      expect([readFileSync(one).equals(packed()), readFileSync(other).equals(packed())]).toEqual([true, true]);
    });
  });

  test('names what is missing, writes nothing and ends with 2', async () => {
    await withData(async (dir) => {
      const file = join(dir, 'none.zip');
      const { code, out, err } = await run(['pack', ...options, '--file', file], { env: { PUBLIC_URL: 'http://x' } });
      expect([code, out, existsSync(file)]).toEqual([2, '', false]);
      expect(err).toContain('MicrosoftAppId is not set.');
      expect(err).toContain('PUBLIC_URL must be an https address');
    });
  });
});
