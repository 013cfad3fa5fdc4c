import { z } from 'zod';
import { offeringIdSchema, severitySchema } from './schema.ts';
import type { OfferingId } from './schema.ts';

/**
 * An offering as data: who may open a request, levels, response times, hours, links. Every leaf says where it comes from,
 * and articles refer to it by its path without `.value`: `{{o365-21vianet.phone.support}}`.
 */

const sourceSchema = z.object({
  /** Key of `sources.yaml`. */
  doc: z.string().min(1),
  /** The words of the document that the value rests on, as they stand there. */
  words: z.string().min(1),
});
export type Source = z.infer<typeof sourceSchema>;

/** What another document says of the same fact. Where it says another value, `contradictions.yaml` tells who won. */
const alsoSchema = sourceSchema.extend({ value: z.union([z.string(), z.number(), z.boolean()]) });

/** A value with its source, or the plain statement that it is an assumption and why. */
export function leaf<T extends z.ZodType>(value: T) {
  const also = z.array(alsoSchema).min(1).optional();
  return z.union([
    z.strictObject({ value, source: sourceSchema, also }),
    z.strictObject({ value, assumption: z.literal(true), reason: z.string().min(1), also }),
  ]);
}
export type Leaf<T> = { value: T; source: Source } | { value: T; assumption: true; reason: string };

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const truth = leaf(z.boolean());
const text = leaf(z.string().min(1));
const link = leaf(z.url());
const amount = leaf(z.number().int().positive());
/** Clock time of the offering's zone; 24:00 is the end of the day. */
const clock = leaf(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/));
const names = z.strictObject({ en: text, 'zh-CN': text, ja: text });

/** What a purchase through a partner leads to. */
export const PARTNER_RULES = ['contact-partner', 'partner-first', 'no-rule'] as const;
const partnerRule = leaf(z.enum(PARTNER_RULES));

/** What the customer provides at a level; the words are phrases `policy.duty-<duty>`. */
export const DUTIES = ['impact-statement', 'resource-throughout', 'resource-working', 'accurate-contact'] as const;
const duties = z.array(leaf(z.enum(DUTIES)));

/** How "by when" is counted. */
const responseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('around-the-clock'), hours: amount, continuous: truth.optional() }),
  z.strictObject({ kind: z.literal('working-hours'), hours: amount, counted: leaf(z.literal('working time')) }),
  z.strictObject({ kind: z.literal('business-days'), days: amount }),
]);
export type Response = z.infer<typeof responseSchema>;

/** When a kind of work is done; `weekdays-local` is Monday to Friday in the caller's zone, with the country's own hours. */
const hoursSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('always'), perDay: amount }),
    z.strictObject({ kind: z.literal('every-day'), opens: clock, closes: clock }),
    z.strictObject({ kind: z.literal('business-days'), opens: clock, closes: clock }),
    z.strictObject({ kind: z.literal('weekdays-local'), opens: clock, closes: clock }),
  ])
  .refine((hours) => hours.kind === 'always' || hours.opens.value < hours.closes.value, 'opens after it closes');
export type Hours = z.infer<typeof hoursSchema>;

/** Kinds of work that have their own hours. */
export const KINDS_OF_WORK = ['technicalA', 'technical', 'development', 'billing', 'presales'] as const;
export type KindOfWork = (typeof KINDS_OF_WORK)[number];

export const offeringSchema = z.strictObject({
  id: offeringIdSchema,
  names,
  /** Missing where hours are local to the caller. */
  zone: leaf(z.string().refine(isZone, 'is no IANA time zone')).optional(),
  calendar: text.optional(),
  links: z.strictObject({
    portal: link.optional(),
    community: link.optional(),
    userSupport: link.optional(),
    health: link.optional(),
    publicHealth: link.optional(),
    smallBusinessHelp: link.optional(),
    smallBusinessVideos: link.optional(),
    videoChannel: link.optional(),
    quickSetup: link.optional(),
  }),
  /** Missing where no source names a number, or where numbers go by country. */
  phone: z.strictObject({ support: text, international: text }).optional(),
  who: z.strictObject({
    admin: truth,
    permission: text,
    trial: truth,
    allThroughPartner: partnerRule,
    affectedThroughPartner: partnerRule,
    oneDirect: truth.optional(),
    presales: truth,
    ownPartnerCenter: truth,
    onBehalf: truth,
  }),
  scope: z.strictObject({ thirdParty: truth, customerNetwork: truth }),
  severity: z.strictObject({
    promised: truth,
    /** The document's own word for each level; missing where no levels are promised. */
    levels: z.strictObject({ A: text, B: text, C: text }).optional(),
    /** `through`: by whom the agreement is signed. */
    agreement: z.strictObject({ required: truth, names: names.optional(), through: text.optional() }),
    caps: z.strictObject({
      technical: leaf(severitySchema),
      'how-to': leaf(severitySchema),
      billing: leaf(severitySchema),
      other: leaf(severitySchema),
    }),
    mayBeLowered: truth,
  }),
  /** Missing where the sources promise no time. */
  respond: z.strictObject({ A: responseSchema, B: responseSchema, C: responseSchema }).optional(),
  hours: z.strictObject({
    technicalA: hoursSchema.optional(),
    technical: hoursSchema.optional(),
    development: hoursSchema.optional(),
    billing: hoursSchema.optional(),
    presales: hoursSchema.optional(),
  }),
  /** `codes`: how many may be sent in one conversation within an hour. */
  pin: z.strictObject({ required: truth, digits: amount, tries: amount, minutes: amount, codes: amount }),
  duties: z.strictObject({ A: duties, B: duties, C: duties }),
  /** `accountDetails`: to have ready when calling. `sameNumber`: one telephone number for every kind of support. */
  contacts: z.strictObject({ online: truth, phone: truth, accountDetails: truth, sameNumber: truth.optional() }),
  /** Languages (BCP 47) in which the support itself is given; missing where no source says. */
  languages: z.strictObject({ technical: z.array(text), billing: z.array(text) }).optional(),
  /** Numbers by country (ISO 3166-1) that a document names beside the table of all countries: compared with that. */
  countryNumbers: z.record(z.string().regex(/^[A-Z]{2}$/), text).optional(),
  /** What support consists of, in the document's words. */
  services: z.array(text).optional(),
  /** Those services cost nothing. */
  free: truth.optional(),
  /** Help without a request, for everybody. */
  selfService: truth.optional(),
  /** The admin helps the organization's people first, and asks support where that isn't enough. */
  adminHelpsFirst: truth.optional(),
  /** What a reseller agreed to; missing where resellers have no part. */
  reseller: z
    .strictObject({
      hoursPerDay: amount,
      daysPerYear: amount,
      informsCustomers: truth,
      escalatesOnlyWhatIsBeyond: truth,
      triesFirst: truth,
      meetsOnRemediation: truth,
      ownRequests: text,
      customerRequests: text,
    })
    .optional(),
});
export type Offering = z.infer<typeof offeringSchema>;

/** One line of `sources.yaml`. */
export const sourceEntrySchema = z.strictObject({
  kind: z.enum(['seed', 'public']),
  title: z.string().min(1),
  language: z.string().min(2),
  date: z.iso.date().optional(),
  url: z.url().optional(),
  note: z.string().optional(),
});
export const sourcesSchema = z.record(z.string(), sourceEntrySchema);

/** One contradiction between documents (`contradictions.yaml`): what they say, which won and why, and what it decides. */
const contradictionSchema = z.strictObject({
  /** Path of a value, `o365-21vianet.hours.technical.closes` → the value that stands there. */
  decides: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** `value`: the value that it says, where the words don't hold it as it stands. */
  statements: z
    .array(
      sourceSchema.extend({
        says: z.string().min(1),
        value: z.union([z.string(), z.number(), z.boolean()]).optional(),
      }),
    )
    .min(2),
  /** The `doc` of the statement that won. */
  won: z.string().min(1),
  why: z.string().min(1),
});
export const contradictionsSchema = z.record(z.string().regex(/^[a-z0-9-]+$/), contradictionSchema);
export type Contradictions = z.infer<typeof contradictionsSchema>;

const monthDay = z.string().regex(/^\d\d-\d\d$/);
const monthDayRange = z.string().regex(/^\d\d-\d\d(\.\.\d\d-\d\d)?$/);

/** Working days of a country. A year that is missing falls back to `unknownYears`, and what rests on it is provisional. */
export const calendarSchema = z.strictObject({
  id: z.string(),
  unknownYears: z.strictObject({ holidays: z.array(monthDayRange), reason: z.string() }),
  years: z.record(
    z.string().regex(/^\d{4}$/),
    z.strictObject({ holidays: z.array(monthDayRange), workdays: z.array(monthDay), source: sourceSchema }),
  ),
});
/** `supplied`: the years that an operator's own file gave. */
export type Calendar = z.infer<typeof calendarSchema> & { readonly supplied?: readonly string[] };

/** A file of an operator's own (`CALENDAR_DIR`): years that are added to a calendar of ours, or replace its own. */
export const suppliedCalendarSchema = calendarSchema.pick({ id: true, years: true });

const stated = z.array(z.object({ language: z.string(), hours: z.string() }));
export const phoneEntrySchema = z.object({
  countryCode: z.string(),
  name: z.string(),
  cloud: offeringIdSchema,
  numbers: z.array(
    z.object({ number: z.string(), kind: z.enum(['primary', 'alternative']), label: z.string().optional() }),
  ),
  notes: z.array(z.string()),
  billing: stated,
  technical: stated,
  source: z.string(),
});
export type PhoneEntry = z.infer<typeof phoneEntrySchema>;

/** Support numbers by country (ISO 3166-1 alpha-2). A territory with several pages keeps the first. */
export type PhoneBook = Readonly<Record<string, readonly PhoneEntry[]>>;

/** Everything that decisions rest on. */
export interface Rules {
  offerings: Readonly<Record<OfferingId, Offering>>;
  calendars: Readonly<Record<string, Calendar>>;
  phones: PhoneBook;
}

/** May a directory role open requests? `check` says how sure that is: read in the role's page, or expected from its kind. */
export const roleSchema = z.strictObject({
  name: z.string().min(1),
  /** Template id of the built-in role, the same in every tenant. */
  templateId: z.guid(),
  /** Microsoft 365 requests and Azure requests; null = no source says. */
  m365: z.boolean().nullable(),
  azure: z.boolean().nullable(),
  check: z.enum(['verified', 'described', 'expected']),
});
export type Role = z.infer<typeof roleSchema>;
