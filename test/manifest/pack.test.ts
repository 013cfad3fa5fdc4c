import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readBook } from '#knowledge/book.ts';
import { readCommand } from '#dialogs/words.ts';
import { APPS, type AppName, type Facts } from '../../manifest/facts.ts';
import { officialProblems } from '../../manifest/official.ts';
import { pack } from '../../manifest/pack.ts';
import { localizationSchema, manifestSchema, wordsOf, type Manifest } from '../../manifest/schema.ts';
import { run, withData } from '../cli/run.ts';
import { readPng, readZip } from './read-zip.ts';

const FACTS: Facts = {
  appId: '6f1c2c1e-7c43-4a55-9d0e-2a3b4c5d6e7f',
  publicUrl: 'https://desk.contoso.com',
  developer: 'Contoso',
  privacy: 'https://contoso.com/privacy',
  terms: 'https://contoso.com/terms',
  version: '1.2.3',
  cloud: 'worldwide',
  parts: 'all',
  signOnId: '6f1c2c1e-7c43-4a55-9d0e-2a3b4c5d6e7f',
  deskSignOnId: '0a1b2c3d-7c43-4a55-9d0e-2a3b4c5d6e7f',
};

async function packed(facts: Facts = FACTS): Promise<Readonly<Record<AppName, Buffer>>> {
  const made = await pack(facts);
  if ('problems' in made) throw new Error(made.problems.join('\n'));
  return made.packages;
}

const packages = await packed();
const read = (bytes: Buffer): Record<string, unknown> => JSON.parse(readZip(bytes).get('manifest.json')!.toString());
const filesOf = { customer: readZip(packages.customer), agent: readZip(packages.agent) };
const files = filesOf.customer;
const textOf = (app: AppName, name: string) => filesOf[app].get(name)!.toString('utf8');
const manifests = {
  customer: manifestSchema.parse(JSON.parse(textOf('customer', 'manifest.json'))),
  agent: manifestSchema.parse(JSON.parse(textOf('agent', 'manifest.json'))),
};
const manifest: Manifest = manifests.customer;
const LANGUAGES = ['zh-cn', 'ja'] as const;
const wordsIn = (language: (typeof LANGUAGES)[number], app: AppName = 'customer') =>
  z.record(z.string(), z.string()).parse(JSON.parse(textOf(app, `${language}.json`)));

describe.each(APPS)('the %s package', (app) => {
  test('holds the manifest, two icons and two translations, all in its root', () => {
    expect([...filesOf[app].keys()]).toEqual(['manifest.json', 'color.png', 'outline.png', 'zh-cn.json', 'ja.json']);
    expect(textOf(app, 'manifest.json')).not.toContain('${{');
  });

  test.each(['manifest.json', 'zh-cn.json', 'ja.json'])('%s is right by Microsoft’s own schema', async (name) => {
    expect(await officialProblems(JSON.parse(textOf(app, name)))).toEqual([]);
  });

  test('is read by somebody else’s unzipper', ({ skip }) => {
    const python = spawnSync('python3', ['--version']);
    if (python.status !== 0) skip('there is no python3 here');
    const script = `import io, sys, zipfile, json
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps([archive.testzip(), {i.filename: [i.file_size, i.date_time] for i in archive.infolist()}, json.loads(archive.read('ja.json'))['name.short']]))`;
    const found = JSON.parse(execFileSync('python3', ['-c', script], { input: packages[app], encoding: 'utf8' }));
    const day = [1980, 1, 1, 0, 0, 0];
    const sizes = [...filesOf[app]].map(([name, bytes]) => [name, [bytes.length, day]]);
    expect(found).toEqual([null, Object.fromEntries(sizes), wordsIn('ja', app)['name.short']]);
  });
});

describe('Microsoft’s schema', () => {
  test.each<[string, unknown]>([
    ['a name that is too long', { ...manifest, name: { short: 'x'.repeat(31), full: 'x' } }],
    ['a property that nobody knows', { ...manifest, frontdesk: true }],
    ['an action without an id', { ...manifest, composeExtensions: [{ commands: [{ title: 'x' }] }] }],
    ['a version that never was', { ...manifest, $schema: 'https://example.com/schema.json' }],
    ['no document at all', null],
  ])('refuses %s', async (_what, document) => expect(await officialProblems(document)).not.toEqual([]));

  test('refuses a translation of something that is not there', async () => {
    expect(await officialProblems({ ...wordsIn('ja'), 'tabs[0].name': 'x' })).not.toEqual([]);
  });
});

const tab = (id: string) => manifest.staticTabs.find(({ entityId }) => entityId === id);

describe('the customer app', () => {
  test('says which bot and which server, and signs its people in', () => {
    expect(manifest).toMatchObject({
      id: FACTS.appId,
      version: '1.2.3',
      developer: { name: 'Contoso', privacyUrl: FACTS.privacy, termsOfUseUrl: FACTS.terms },
      bots: [{ botId: FACTS.appId, scopes: ['personal', 'team', 'groupChat'] }],
      webApplicationInfo: { id: FACTS.signOnId, resource: `api://desk.contoso.com/botid-${FACTS.appId}` },
      validDomains: ['desk.contoso.com', 'token.botframework.com'],
    });
  });

  test('shows the chat and “my requests” in tabs, in Teams’ theme and language', () => {
    expect(tab('chat')).toMatchObject({
      contentUrl: 'https://desk.contoso.com/chat?in=teams&theme={theme}&lang={locale}',
      websiteUrl: 'https://desk.contoso.com/chat',
    });
    expect(tab('requests')).toMatchObject({
      contentUrl: 'https://desk.contoso.com/chat?in=teams&open=status&theme={theme}&lang={locale}',
    });
  });

  test('searches answers and requests from the message box, and opens a request from a message', () => {
    expect(manifest.composeExtensions?.[0].commands.map(({ id, type, context }) => [id, type, context])).toEqual([
      ['searchKnowledge', 'query', ['compose', 'commandBox']],
      ['searchRequests', 'query', ['compose', 'commandBox']],
      ['openRequest', 'action', ['message']],
    ]);
  });

  test('names a server on another port with it', async () => {
    const other = await packed({ ...FACTS, publicUrl: 'https://Desk.contoso.com:8443/' });
    expect(read(other.customer)).toMatchObject({
      validDomains: ['desk.contoso.com:8443', 'token.botframework.com'],
      developer: { websiteUrl: 'https://desk.contoso.com:8443/chat' },
    });
  });

  test('of 21Vianet shows the sign-in of that cloud, and nothing of the other', async () => {
    const china = await packed({ ...FACTS, cloud: 'china' });
    expect(read(china.customer)).toMatchObject({
      validDomains: ['desk.contoso.com', 'token.botframework.azure.cn'],
    });
    const all = [...readZip(china.customer).values(), ...readZip(china.agent).values()].map(String).join('');
    expect(all).not.toContain('token.botframework.com');
  });

  test('without a registration for it asks nobody to sign in', async () => {
    const { customer, agent } = await packed({ ...FACTS, signOnId: undefined, deskSignOnId: undefined });
    expect([read(customer), read(agent)].map((each) => 'webApplicationInfo' in each)).toEqual([false, false]);
  });
});

describe('the agent app', () => {
  test('is another app, with the desk and with notices to teams', async () => {
    expect(manifests.agent).toMatchObject({
      bots: [{ botId: FACTS.appId, scopes: ['team'], isNotificationOnly: true }],
      staticTabs: [
        { entityId: 'desk', contentUrl: 'https://desk.contoso.com/desk?in=teams&theme={theme}&lang={locale}' },
      ],
      webApplicationInfo: { id: FACTS.deskSignOnId, resource: `api://desk.contoso.com/${FACTS.deskSignOnId}` },
    });
    expect(manifests.agent.id).not.toBe(manifest.id);
    expect(read((await packed({ ...FACTS, version: '2.0.0' })).agent)['id']).toBe(manifests.agent.id);
    expect(read((await packed({ ...FACTS, appId: FACTS.deskSignOnId })).agent)['id']).not.toBe(manifests.agent.id);
  });

  test('names the registration in the bot’s form where both are one', async () => {
    const { agent } = await packed({ ...FACTS, deskSignOnId: FACTS.appId });
    expect(read(agent)).toMatchObject({
      webApplicationInfo: { resource: `api://desk.contoso.com/botid-${FACTS.appId}` },
    });
  });
});

describe('for a Teams that takes no bots', () => {
  test('both apps are their tabs, right by Microsoft’s schema, complete in every language, and promise nothing else', async () => {
    const made = await packed({ ...FACTS, cloud: 'china', parts: 'tabs' });
    const tabs = { customer: ['chat', 'requests'], agent: ['desk'] };
    for (const app of APPS) {
      const entries = readZip(made[app]);
      const left = manifestSchema.parse(read(made[app]));
      expect(left).not.toHaveProperty('bots');
      expect(left).not.toHaveProperty('composeExtensions');
      expect(left.staticTabs.map(({ entityId }) => entityId)).toEqual(tabs[app]);
      expect(left).toMatchObject({ webApplicationInfo: manifests[app].webApplicationInfo, id: manifests[app].id });
      expect(await officialProblems(left)).toEqual([]);
      for (const language of LANGUAGES) {
        const words: unknown = JSON.parse(entries.get(`${language}.json`)!.toString());
        expect(Object.keys(localizationSchema(left).parse(words))).toHaveLength(wordsOf(left).size + 1);
        expect(await officialProblems(words)).toEqual([]);
        const named = wordsIn(language, app)[`staticTabs[${app === 'customer' ? 1 : 0}].name`];
        expect(words).toMatchObject({ 'staticTabs[0].name': named });
      }
      const all = [...entries].flatMap(([name, bytes]) => (name.endsWith('.json') ? [bytes.toString()] : [])).join('');
      expect(all).not.toMatch(/notice|通知/);
    }
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

describe.each(APPS.flatMap((app) => LANGUAGES.map((language) => [app, language] as const)))(
  'the words of the %s app in %s',
  (app, language) => {
    const words = wordsIn(language, app);

    test('are complete, within Teams’ limits and name nothing else', () => {
      expect(localizationSchema(manifests[app]).safeParse(words).error).toBeUndefined();
      expect(manifests[app].localizationInfo.additionalLanguages).toContainEqual({
        languageTag: language,
        file: `${language}.json`,
      });
    });

    test('are translated: only names are as in English', () => {
      const { $schema: _, ...said } = words;
      const english: unknown[] = [...wordsOf(manifests[app]).keys()].map((key) =>
        key
          .split(/[.[\]]+/)
          .filter(Boolean)
          .reduce<unknown>((place, step) => Reflect.get(Object(place), step), manifests[app]),
      );
      const names = ['Frontdesk', 'English', '中文', '日本語'];
      expect(Object.values(said).filter((word) => english.includes(word) && !names.includes(word))).toEqual([]);
    });
  },
);

describe('the commands', () => {
  const { phrases } = readBook();
  const commands = manifest.bots![0].commandLists![0]!.commands;
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
  test('give the same bytes', async () => expect(await packed()).toEqual(packages));
  test('other facts don’t', async () =>
    expect((await packed({ ...FACTS, version: '1.2.4' })).agent.equals(packages.agent)).toBe(false));
});

describe('what is missing or wrong is named', () => {
  test('everything at once', async () => {
    const none = { appId: undefined, publicUrl: undefined, developer: undefined, privacy: undefined, terms: undefined };
    const names = [
      'MicrosoftAppId',
      'PUBLIC_URL',
      'TEAMS_DEVELOPER (or --developer)',
      'TEAMS_PRIVACY_URL (or --privacy)',
      'TEAMS_TERMS_URL (or --terms)',
      'TEAMS_APP_VERSION (or --version)',
      'TEAMS_CLOUD',
      'TEAMS_PARTS',
    ];
    expect(await pack({ ...none, version: undefined, cloud: undefined, parts: undefined })).toEqual({
      problems: names.map((name) => `${name} is not set.`),
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
    ['developer', ' ', /^TEAMS_DEVELOPER/],
    ['developer', 'x'.repeat(33), /^TEAMS_DEVELOPER .*must have 32/],
    ['privacy', 'http://contoso.com', /^TEAMS_PRIVACY_URL .*must be an https address/],
    ['privacy', 'https://${{publicHost}}/', /^TEAMS_PRIVACY_URL/],
    ['terms', `https://contoso.com/${'x'.repeat(2048)}`, /^TEAMS_TERMS_URL .*is too long/],
    ['version', '1.0', /^TEAMS_APP_VERSION .*must be three numbers/],
    ['version', '01.0.0', /^TEAMS_APP_VERSION/],
    ['cloud', 'usgov', /^TEAMS_CLOUD must be worldwide or china/],
    ['parts', 'bot', /^TEAMS_PARTS must be all or tabs/],
    ['signOnId', 'desk', /^TEAMS_SSO_APP_ID/],
    ['deskSignOnId', 'desk', /^DESK_OIDC_CLIENT_ID/],
  ])('%s = %s', async (fact, value, named) => {
    const made = await pack({ ...FACTS, [fact]: value });
    expect('problems' in made && made.problems.some((problem) => named.test(problem))).toBe(true);
  });

  test('an address with a dollar sign is nobody’s fault', async () => {
    expect(await pack({ ...FACTS, terms: 'https://contoso.com/?a=$b&c={d}' })).toHaveProperty('packages');
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
  const [list] = manifest.bots![0].commandLists!;
  test.each<[string, readonly (string | number)[], unknown]>([
    ['short name over 30', ['name', 'short'], 'x'.repeat(31)],
    ['full name over 100', ['name', 'full'], 'x'.repeat(101)],
    ['short description over 80', ['description', 'short'], 'x'.repeat(81)],
    ['full description over 4000', ['description', 'full'], 'x'.repeat(4001)],
    ['developer over 32', ['developer', 'name'], 'x'.repeat(33)],
    ['no privacy page', ['developer', 'privacyUrl'], ''],
    ['no GUID', ['id'], 'frontdesk'],
    ['two bots', ['bots'], many(2, manifest.bots![0])],
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
    ['17 domains', ['validDomains'], many(17, 'desk.contoso.com')],
    ['colour by name', ['accentColor'], 'blue'],
    ['icon elsewhere', ['icons', 'color'], '../color.png'],
    ['another version', ['manifestVersion'], '1.29'],
    ['unfilled gap', ['developer', 'websiteUrl'], 'https://${{publicHost}}/chat'],
    ['unknown property', ['activities'], { activityTypes: [] }],
    ['a sign-on without its resource', ['webApplicationInfo'], { id: manifest.id }],
    ['a sign-on whose resource is no identifier', ['webApplicationInfo', 'resource'], 'https://desk.contoso.com'],
  ])('%s', (_what, path, value) => expect(manifestSchema.safeParse(changed(path, value)).success).toBe(false));

  test('a translation that lacks a word, has one too many or too long a one', () => {
    const schema = localizationSchema(manifest);
    const { 'description.short': _missing, ...lacking } = wordsIn('ja');
    const title = 'bots[0].commandLists[0].commands[0].title';
    for (const bad of [
      lacking,
      { ...wordsIn('ja'), 'staticTabs[3].name': 'x' },
      { ...wordsIn('ja'), [title]: 'x'.repeat(33) },
      { ...wordsIn('ja'), 'name.short': 'x'.repeat(31) },
    ])
      expect(schema.safeParse(bad).success).toBe(false);
  });
});

describe('npm run manifest', () => {
  const env = {
    MicrosoftAppId: FACTS.appId!,
    PUBLIC_URL: FACTS.publicUrl!,
    TEAMS_DEVELOPER: 'Contoso',
    TEAMS_PRIVACY_URL: FACTS.privacy!,
    TEAMS_TERMS_URL: FACTS.terms!,
    TEAMS_APP_VERSION: '1.2.3',
    TEAMS_SSO_APP_ID: FACTS.signOnId!,
    DESK_OIDC_CLIENT_ID: FACTS.deskSignOnId!,
    DESK_OIDC_ISSUER: 'https://login.microsoftonline.com/0b9f5a54-4a24-4ea1-8d2c-5d2f3f6b3a11/v2.0',
  };

  test('is the command pack', () => {
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(scripts.manifest).toBe('node src/cli.js pack');
  });

  test('writes both, the same in every zone, and needs no secret of the server', async () => {
    await withData(async (dir) => {
      const folder = join(dir, 'new', 'dist');
      const west = { ...env, NODE_ENV: 'production', TZ: 'America/Los_Angeles' };
      const { code, lines } = await run(['pack', '--folder', folder], { env: west });
      expect(code).toBe(0);
      expect(lines).toEqual(
        APPS.map((app) => ({
          app,
          file: join(folder, `${app}.zip`),
          bytes: packages[app].length,
          version: '1.2.3',
          cloud: 'worldwide',
        })),
      );
      for (const app of APPS) expect(readFileSync(join(folder, `${app}.zip`)).equals(packages[app])).toBe(true);
      const other = await run(['pack', '--folder', dir], { env: { ...env, TZ: 'Asia/Tokyo' } });
      expect(other.code).toBe(0);
      for (const app of APPS) expect(readFileSync(join(dir, `${app}.zip`)).equals(packages[app])).toBe(true);
    });
  });

  test('knows a bot of Azure China by its endpoints, takes options for settings, and another desk sign-in for none', async () => {
    await withData(async (dir) => {
      const china = {
        ...env,
        ToChannelFromBotOAuthScope: 'https://api.botframework.azure.cn',
        DESK_OIDC_ISSUER: 'https://id.contoso.com',
      };
      const { lines } = await run(['pack', '--folder', dir, '--version', '2.0.0'], { env: china });
      expect(lines[0]).toMatchObject({ version: '2.0.0', cloud: 'china' });
      expect(read(readFileSync(join(dir, 'agent.zip')))).not.toHaveProperty('webApplicationInfo');
    });
  });

  test('names what is missing, writes nothing and ends with 2', async () => {
    await withData(async (dir) => {
      const { MicrosoftAppId: _id, ...lacking } = { ...env, PUBLIC_URL: 'http://x' };
      const { code, out, err } = await run(['pack', '--folder', dir], { env: lacking });
      expect([code, out, existsSync(join(dir, 'customer.zip'))]).toEqual([2, '', false]);
      expect(err).toContain('MicrosoftAppId is not set.');
      expect(err).toContain('PUBLIC_URL must be an https address');
    });
  });
});
