import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { colorIcon, outlineIcon } from './icons.ts';
import { address, guid, host, localizationSchema, manifestSchema, version, words, type Manifest } from './schema.ts';
import { zip, type Entry } from './zip.ts';

/** What an app package says besides the words: the two settings of the server, and what its operator adds. */
export interface Facts {
  /** The bot's app id, a GUID; also the id of the app in Teams. */
  readonly appId: string | undefined;
  /** Origin of the server as Teams reaches it. */
  readonly publicUrl: string | undefined;
  /** Teams shows who offers the app, and their pages on privacy and terms of use. */
  readonly developer: string | undefined;
  readonly privacy: string | undefined;
  readonly terms: string | undefined;
  /** Teams takes an update only with a higher one. */
  readonly version: string | undefined;
}

/** A package, or everything that is missing or wrong, each named as the one who packs knows it. */
export type Packed = { readonly bytes: Buffer } | { readonly problems: readonly string[] };

const publicUrl = address
  .refine((text) => URL.parse(text)?.pathname === '/', 'must have no path')
  .refine((text) => host.safeParse(URL.parse(text)?.host).success, 'must name a host')
  .transform((text) => new URL(text).origin);

const factsSchema = z.object({
  appId: guid,
  publicUrl,
  developer: words(32),
  privacy: address,
  terms: address,
  version,
});

/** How each is set. */
const NAMES: Readonly<Record<string, string>> = {
  appId: 'MicrosoftAppId',
  publicUrl: 'PUBLIC_URL',
  developer: '--developer',
  privacy: '--privacy',
  terms: '--terms',
  version: '--version',
};

/**
 * The app package for Teams as a zip: manifest, its translations, icons. The same facts give the same bytes. Throws where
 * the files in this folder break a rule of Teams: that is for us to mend, not for who packs.
 */
export function pack(given: Facts): Packed {
  const read = factsSchema.safeParse(given);
  if (!read.success) return { problems: read.error.issues.map((issue) => problemOf(given, issue)) };
  const facts = { ...read.data, publicHost: new URL(read.data.publicUrl).host };
  const manifest = manifestSchema.parse(filled(readHere('manifest.json'), facts));
  const entries = [json('manifest.json', manifest), ...icons(manifest), ...translations(manifest)];
  return { bytes: zip(entries) };
}

function problemOf(given: Facts, { path, message }: z.core.$ZodIssue): string {
  const [fact = ''] = path.map(String);
  const isSet = Object.entries(given).some(([name, value]) => name === fact && value !== undefined);
  return `${NAMES[fact] ?? fact} ${isSet ? message : 'is not set'}.`;
}

function icons({ icons: { color, outline } }: Manifest): Entry[] {
  return [
    { name: color, bytes: colorIcon() },
    { name: outline, bytes: outlineIcon() },
  ];
}

function translations(manifest: Manifest): Entry[] {
  const schema = localizationSchema(manifest);
  return manifest.localizationInfo.additionalLanguages.map(({ file }) => json(file, schema.parse(readHere(file))));
}

/** Fills `${{name}}` in every text. An unknown name stays, and no rule of the schema lets it pass. */
function filled(value: unknown, facts: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{\{(\w+)\}\}/g, (whole, name: string) => facts[name] ?? whole);
  if (Array.isArray(value)) return value.map((each) => filled(each, facts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, facts)]));
}

function readHere(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));
}

function json(name: string, value: unknown): Entry {
  return { name, bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8') };
}
