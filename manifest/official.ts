import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManifestUtil } from '@microsoft/app-manifest';
import { z } from 'zod';

/**
 * Microsoft's own rules of an app package: the JSON schemas and the validator of `@microsoft/app-manifest`. Nothing is
 * fetched, though `$schema` is an address: the schema is read from the package, by the version that the address names.
 */
const SCHEMAS = join(fileURLToPath(import.meta.resolve('@microsoft/app-manifest')), '..', 'json-schemas', 'teams');
const ADDRESS =
  /^https:\/\/developer\.microsoft\.com\/json-schemas\/teams\/(v\d+\.\d+)\/(MicrosoftTeams\.[\w.]*schema\.json)$/;

const documentSchema = z.looseObject({ $schema: z.string().regex(ADDRESS) });

/** What Microsoft's schema has against a manifest or a localization file; empty where nothing. */
export async function officialProblems(document: unknown): Promise<string[]> {
  const named = documentSchema.safeParse(document);
  if (!named.success) return ['names no schema of Teams in $schema'];
  const [, version = '', file = ''] = ADDRESS.exec(named.data.$schema) ?? [];
  const schema: unknown = JSON.parse(mended(readFileSync(join(SCHEMAS, version, file), 'utf8')));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types want a manifest; whether it is one is the question
  return ManifestUtil.validateManifestAgainstSchema(document as never, schema as never);
}

/** One pattern of the localization schema closes a bracket that it never opened: no regular expression of today’s kind. */
const mended = (schema: string): string => schema.replaceAll(String.raw`\\b]\\.`, String.raw`\\b\\]\\.`);
