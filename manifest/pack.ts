import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPS, readFacts, type AppName, type Facts, type Gaps } from './facts.ts';
import { colorIcon, outlineIcon } from './icons.ts';
import { officialProblems } from './official.ts';
import { localizationSchema, manifestSchema, type Manifest } from './schema.ts';
import { withoutBot, wordsWithoutBot } from './tabs.ts';
import { zip, type Entry } from './zip.ts';

export type Packages = Readonly<Record<AppName, Buffer>>;
/** The two packages, or everything that is missing or wrong, each named as the one who packs knows it. */
export type Packed = { readonly packages: Packages } | { readonly problems: readonly string[] };

/**
 * The app packages for Teams as zips: manifest, its translations, icons. The same facts give the same bytes. Throws where
 * the files in this folder break a rule of Teams: that is for us to mend, not for who packs.
 */
export async function pack(given: Facts): Promise<Packed> {
  const read = readFacts(given);
  if ('problems' in read) return read;
  const [customer, agent] = await Promise.all(APPS.map((app) => packageOf(app, read.gaps[app], read.hasBot)));
  if (!customer || !agent) throw new Error('an app is missing');
  return { packages: { customer, agent } };
}

async function packageOf(app: AppName, gaps: Gaps, hasBot: boolean): Promise<Buffer> {
  const whole = readHere(app, 'manifest.json');
  const manifest = manifestSchema.parse(filled(hasBot ? whole : withoutBot(app, whole), gaps));
  // The translations hold no facts: that they are right by the same rules is for the tests to show.
  const problems = await officialProblems(manifest);
  if (problems.length > 0) throw new Error(`Microsoft’s schema refuses the ${app} app:\n${problems.join('\n')}`);
  return zip([json('manifest.json', manifest), ...icons(manifest), ...translations(app, manifest, hasBot)]);
}

function icons({ icons: { color, outline } }: Manifest): Entry[] {
  return [
    { name: color, bytes: colorIcon() },
    { name: outline, bytes: outlineIcon() },
  ];
}

function translations(app: AppName, manifest: Manifest, hasBot: boolean): Entry[] {
  const schema = localizationSchema(manifest);
  return manifest.localizationInfo.additionalLanguages.map(({ languageTag, file }) => {
    const whole = { manifest: readHere(app, 'manifest.json'), words: readHere(app, file) };
    return json(file, schema.parse(hasBot ? whole.words : wordsWithoutBot(app, languageTag, whole)));
  });
}

const GAP = /\$\{\{(\w+)\}\}/g;

/**
 * Fills `${{name}}` in every text; where there is nothing to fill in, the property that wants it is left out whole. An
 * unknown name stays, and no rule of the schema lets it pass.
 */
function filled(value: unknown, gaps: Gaps): unknown {
  if (typeof value === 'string') return value.replace(GAP, (whole, name: string) => gaps[name] ?? whole);
  if (Array.isArray(value)) return value.map((each) => filled(each, gaps));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, each]) => !isLeftOut(each, gaps));
  return Object.fromEntries(kept.map(([key, each]) => [key, filled(each, gaps)]));
}

function isLeftOut(value: unknown, gaps: Gaps): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).some(
    (text) =>
      typeof text === 'string' &&
      [...text.matchAll(GAP)].some(([, name = '']) => name in gaps && gaps[name] === undefined),
  );
}

function readHere(app: AppName, name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, app, name), 'utf8'));
}

function json(name: string, value: unknown): Entry {
  return { name, bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8') };
}
