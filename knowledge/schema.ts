import { z } from 'zod';

/**
 * The closed lists that every room shares, and the shapes of the files in this room.
 * Types are inferred from the schemas: the schema is the type.
 */

/** BCP 47 tags of the languages in which Frontdesk speaks; all are equals. */
export const LANGUAGES = ['en', 'zh-CN', 'ja'] as const;
export const languageSchema = z.enum(LANGUAGES);
export type Language = z.infer<typeof languageSchema>;

export const OFFERINGS = ['worldwide', 'o365-21vianet', 'azure-21vianet', 'partner-center-21vianet'] as const;
export const offeringIdSchema = z.enum(OFFERINGS);
export type OfferingId = z.infer<typeof offeringIdSchema>;

/** A is the most severe. */
export const SEVERITIES = ['A', 'B', 'C'] as const;
export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

export const CATEGORIES = [
  'technical',
  'billing',
  'presales',
  'partner-center',
  'how-to',
  'out-of-scope',
  'human',
  'chitchat',
] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = z.infer<typeof categorySchema>;

/** The product that a technical problem is about; '' where none applies. */
export const PRODUCTS = ['exchange', 'sharepoint', 'teams-skype', 'apps', 'identity', 'azure', 'other', ''] as const;
export const productSchema = z.enum(PRODUCTS);
export type Product = z.infer<typeof productSchema>;

/**
 * Front matter of an article (`articles/<language>/<topic>.md`). `offerings` is closed: an article is never shown in
 * another offering. `title` is the topic's name for a person, `keywords` are words people use that the text does not.
 */
export const articleMetaSchema = z.object({
  topic: z.string().regex(/^[a-z0-9]+\.[a-z0-9-]+$/),
  title: z.string().min(1),
  offerings: z.array(offeringIdSchema).min(1),
  audience: z.enum(['everyone', 'admin', 'partner']),
  keywords: z.array(z.string()).default([]),
  questions: z.array(z.string()).default([]),
  source: z.string().min(1),
  sourceUrl: z.url().optional(),
  /** Under which licence the text may be shown; of imported documents. */
  licence: z.string().min(1).optional(),
  reviewed: z.iso.date(),
});
export type ArticleMeta = z.infer<typeof articleMetaSchema>;

/**
 * An article as the rest of the house sees it; `body` is Markdown with every {{reference}} filled in. Where the text differs
 * by offering, `bodies` has that of each and `body` all of them, for finding only: what is shown comes from `Book.article`.
 */
export type Article = ArticleMeta & {
  language: Language;
  body: string;
  bodies?: Partial<Record<OfferingId, string>>;
  /** Made by `import-docs`, in one language perhaps: the table of contents doesn't know it. */
  imported?: true;
};

const someWords = z.array(z.string().min(1)).min(1);

/**
 * `services.json`: the names that service health gives a service, and the words people use for it; the signs by which an
 * incident's English title tells a symptom, and the words people use for that. Words are parts of a text, in any language.
 */
export const serviceWordsSchema = z.strictObject({
  services: z.array(z.strictObject({ names: someWords, words: someWords })),
  symptoms: z.array(z.strictObject({ signs: someWords, words: someWords })),
});
export type ServiceWords = z.infer<typeof serviceWordsSchema>;

/**
 * A reply that is written already, for the agents' desk (`canned/<language>.yaml`). `{customer}`, `{number}` and `{agent}` are
 * filled in; what isn't known stays to be filled in by hand.
 */
export const CANNED_GAPS = ['customer', 'number', 'agent'] as const;
export const cannedTextSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** What the agent looks for. */
  title: z.string().min(1),
  text: z.string().min(1).max(2_000),
});
export const cannedSchema = cannedTextSchema.extend({ language: languageSchema });
export type Canned = z.infer<typeof cannedSchema>;
