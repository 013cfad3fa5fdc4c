import { z } from 'zod';

/**
 * What Teams demands of an app package, as far as ours uses it: OfficeDev/microsoft-teams-app-schema
 * (MicrosoftTeams.schema.json, MicrosoftTeams.Localization.schema.json). Nothing else may stand in the manifest, so a new
 * property is first looked up there and added here.
 *
 * Version 1.22 on purpose: from 1.25 on, an app for teams has to declare `supportsChannelFeatures`, a promise about shared
 * and private channels that was never tried.
 */
const VERSION = '1.22';
const SCHEMAS = `https://developer.microsoft.com/json-schemas/teams/v${VERSION}`;

export const words = (most: number) =>
  z.string().trim().min(1, 'must not be empty').max(most, `must have ${most} characters at most`);
const file = z.string().regex(/^[a-z0-9-]+\.(json|png)$/, 'must be a file beside the manifest');
const NOT_A_GUID = 'must be the app id of the bot, a GUID';
export const guid = z.guid(NOT_A_GUID).refine((id) => !/^[0-]+$/.test(id), NOT_A_GUID);
export const version = z
  .string()
  .max(256)
  .regex(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/, 'must be three numbers such as 1.0.0');
const languageTag = z.string().regex(/^[a-z]{2}(-[a-z]{2})?$/, 'must be a language tag such as ja or zh-cn');

/** An https address. It may hold Teams' own placeholders, `{theme}`; nothing of our template may be left in it. */
export const address = z
  .string()
  .max(2048, 'is too long')
  .regex(/^https:\/\/\S+$/, 'must be an https address: Teams loads nothing else')
  .refine((text) => URL.canParse(text) && !text.includes('${{'), 'must be an address');

/** A host without a scheme. Teams allows wildcards, we don't: everything below them would be trusted. */
export const host = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/, 'must be a host name');

const scope = z.enum(['personal', 'team', 'groupChat']);
const scopes = z.array(scope).min(1).max(3);
const command = z.strictObject({ title: words(32), description: words(128) });

const bot = z.strictObject({
  botId: guid,
  scopes,
  supportsFiles: z.boolean(),
  isNotificationOnly: z.boolean(),
  // The localization schema's pattern counts commands by one digit.
  commandLists: z
    .array(z.strictObject({ scopes, commands: z.array(command).min(1).max(10) }))
    .max(3)
    .optional(),
});

const parameter = z.strictObject({ name: words(64), title: words(32), description: words(128) });
const extensionCommand = z.strictObject({
  id: words(64),
  type: z.enum(['query', 'action']),
  context: z.array(z.enum(['compose', 'commandBox', 'message'])).min(1),
  title: words(32),
  description: words(128),
  initialRun: z.boolean().optional(),
  fetchTask: z.boolean().optional(),
  parameters: z.array(parameter).max(5).optional(),
});
const composeExtension = z.strictObject({ botId: guid, commands: z.array(extensionCommand).min(1).max(10) });

const staticTab = z.union([
  // Reserved by Teams: the place of the bot's own chat among the tabs.
  z.strictObject({ entityId: z.literal('conversations'), scopes: z.tuple([z.literal('personal')]) }),
  z.strictObject({
    entityId: words(64),
    name: words(128),
    contentUrl: address,
    websiteUrl: address,
    scopes: z.tuple([z.literal('personal')]),
  }),
]);

export const manifestSchema = z.strictObject({
  $schema: z.literal(`${SCHEMAS}/MicrosoftTeams.schema.json`),
  manifestVersion: z.literal(VERSION),
  version,
  id: guid,
  developer: z.strictObject({ name: words(32), websiteUrl: address, privacyUrl: address, termsOfUseUrl: address }),
  name: z.strictObject({ short: words(30), full: words(100) }),
  description: z.strictObject({ short: words(80), full: words(4000) }),
  icons: z.strictObject({ color: file, outline: file }),
  accentColor: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0F6CBD'),
  localizationInfo: z.strictObject({
    defaultLanguageTag: languageTag,
    additionalLanguages: z.array(z.strictObject({ languageTag, file })),
  }),
  bots: z.tuple([bot]).optional(),
  staticTabs: z.array(staticTab).max(16),
  composeExtensions: z.tuple([composeExtension]).optional(),
  /** Teams signs its people in for the app registration `id`, whose identifier `resource` must be. */
  webApplicationInfo: z
    .strictObject({ id: guid, resource: z.string().regex(/^api:\/\/[^\s/${]+\/[\w-]+$/) })
    .optional(),
  validDomains: z.array(host).max(16),
});

export type Manifest = z.infer<typeof manifestSchema>;

/**
 * The words of a manifest by their key in a localization file, with the longest that each may be. A localization file holds
 * exactly these: what it lacks would be shown in the default language, in the midst of another.
 */
export function wordsOf(manifest: Manifest): Map<string, number> {
  const keys = new Map([
    ['name.short', 30],
    ['name.full', 100],
    ['description.short', 80],
    ['description.full', 4000],
  ]);
  manifest.staticTabs.forEach((tab, at) => 'name' in tab && keys.set(`staticTabs[${at}].name`, 128));
  manifest.composeExtensions?.[0].commands.forEach(({ parameters }, at) => {
    const key = `composeExtensions[0].commands[${at}]`;
    keys.set(`${key}.title`, 32).set(`${key}.description`, 128);
    parameters?.forEach((_, which) => {
      keys.set(`${key}.parameters[${which}].title`, 32).set(`${key}.parameters[${which}].description`, 128);
    });
  });
  manifest.bots?.forEach(({ commandLists }, which) =>
    commandLists?.forEach(({ commands }, list) =>
      commands.forEach((_, at) => {
        const key = `bots[${which}].commandLists[${list}].commands[${at}]`;
        keys.set(`${key}.title`, 32).set(`${key}.description`, 128);
      }),
    ),
  );
  return keys;
}

/** A localization file of that manifest. */
export function localizationSchema(manifest: Manifest) {
  const all = [...wordsOf(manifest)].map(([key, most]) => [key, words(most)] as const);
  return z.strictObject({
    $schema: z.literal(`${SCHEMAS}/MicrosoftTeams.Localization.schema.json`),
    ...Object.fromEntries(all),
  });
}
