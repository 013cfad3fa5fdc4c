import { z } from 'zod';
import { CLOUDS } from '#src/intake/vouched.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import { TICKET_SYSTEMS } from '#src/requests/ticket.ts';
import type { TicketSystemId } from '#src/requests/ticket.ts';
import { may, set } from './setting.ts';
import type { ValuesOf } from './setting.ts';
import { appId, text, url } from './values.ts';

const instance = url
  .refine((value) => new URL(value).pathname === '/' && new URL(value).search === '', 'must have no path and no query')
  .transform((value) => new URL(value).origin);
const address = z.string().regex(/^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,255}$/, 'must be one mail address');
const guid = '11111111-2222-3333-4444-555555555555';

/** The ticket system that requests go to, and what each of them needs. */
export const TICKETS = {
  TICKET_SYSTEM: set(
    z.enum(TICKET_SYSTEMS),
    'Ticket system',
    `Where requests go beside our own store: ${TICKET_SYSTEMS.map((id) => `\`${id}\``).join(', ')}`,
    ['built-in', 'servicenow'],
  ),
  WEBHOOK_URL: may(
    url,
    'Webhook',
    'Address that is told what happens to requests',
    'https://tickets.contoso.com/frontdesk',
  ),
  WEBHOOK_SECRET: may(text, 'Webhook secret', 'Signs what is told, see “How to”', '(openssl rand -hex 32)'),
  SERVICENOW_URL: may(instance, 'ServiceNow', 'Address of the instance', 'https://contoso.service-now.com'),
  SERVICENOW_USER: may(text, 'ServiceNow account', 'Account that may read and write incidents', 'frontdesk'),
  SERVICENOW_PASSWORD: may(text, 'ServiceNow password', 'Password of that account', '(from ServiceNow)'),
  SERVICENOW_CLIENT_ID: may(
    text,
    'ServiceNow app',
    'Instead of the account: OAuth app of the instance with the grant “client credentials”',
    '(from ServiceNow)',
  ),
  SERVICENOW_CLIENT_SECRET: may(text, 'ServiceNow app secret', 'Secret of that app', '(from ServiceNow)'),
  SERVICENOW_GROUP: may(text, 'ServiceNow group', 'Assignment group of new incidents', 'Service Desk'),
  AZURE_SUPPORT_CLOUD: set(
    z.enum(CLOUDS),
    'Azure support cloud',
    'Cloud of that subscription; Microsoft documents the support interface for worldwide Azure only',
    ['worldwide', 'china'],
  ),
  AZURE_SUPPORT_SUBSCRIPTION: may(
    appId,
    'Azure support subscription',
    'Subscription with a support plan (ProDirect, Premier or Unified) that tickets are opened in',
    guid,
  ),
  AZURE_SUPPORT_TENANT: may(appId, 'Azure support tenant', 'Tenant of that subscription', guid),
  AZURE_SUPPORT_CLIENT_ID: may(appId, 'Azure support app', 'App with the role Support Request Contributor there', guid),
  AZURE_SUPPORT_CLIENT_SECRET: may(
    text,
    'Azure support app secret',
    'Secret of that app',
    '(from the app registration)',
  ),
  AZURE_SUPPORT_MAIL: may(
    address,
    'Azure support mail',
    'Your address: sender of messages, and contact of who gave no address',
    'support@contoso.com',
  ),
} as const;

type TicketValues = ValuesOf<typeof TICKETS>;
type TicketSetting = keyof typeof TICKETS;

/** What each system can't do without. */
const NEEDED: Readonly<Record<TicketSystemId, readonly TicketSetting[]>> = {
  'built-in': [],
  webhook: ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
  servicenow: ['SERVICENOW_URL'],
  'azure-support': [
    'AZURE_SUPPORT_SUBSCRIPTION',
    'AZURE_SUPPORT_TENANT',
    'AZURE_SUPPORT_CLIENT_ID',
    'AZURE_SUPPORT_CLIENT_SECRET',
    'AZURE_SUPPORT_MAIL',
  ],
};

/** Settings that the chosen system lacks. */
export function missingForTickets(values: Partial<TicketValues>): TicketSetting[] {
  const system = values.TICKET_SYSTEM ?? 'built-in';
  const missing = NEEDED[system].filter((name) => values[name] === undefined);
  return system === 'servicenow' ? [...missing, ...missingAccount(values)] : missing;
}

function missingAccount(values: Partial<TicketValues>): TicketSetting[] {
  const isApp = values.SERVICENOW_CLIENT_ID !== undefined || values.SERVICENOW_CLIENT_SECRET !== undefined;
  const account: readonly TicketSetting[] = isApp
    ? ['SERVICENOW_CLIENT_ID', 'SERVICENOW_CLIENT_SECRET']
    : ['SERVICENOW_USER', 'SERVICENOW_PASSWORD'];
  return account.filter((name) => values[name] === undefined);
}

/** What the chosen system is reached by. */
export type TicketConfig =
  | { readonly system: 'built-in' }
  | { readonly system: 'webhook'; readonly url: string; readonly secret: string }
  | { readonly system: 'servicenow'; readonly instance: string; readonly account: Account; readonly group?: string }
  | {
      readonly system: 'azure-support';
      readonly cloud: Cloud;
      readonly subscription: string;
      readonly tenant: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly deskMail: string;
    };
type Account =
  | { readonly user: string; readonly password: string }
  | { readonly clientId: string; readonly clientSecret: string };

/** Only of values in which nothing is missing. */
export function ticketConfig(values: TicketValues): TicketConfig {
  const of = (name: TicketSetting): string => values[name] ?? '';
  const system = values.TICKET_SYSTEM;
  switch (system) {
    case 'built-in':
      return { system };
    case 'webhook':
      return { system, url: of('WEBHOOK_URL'), secret: of('WEBHOOK_SECRET') };
    case 'servicenow': {
      const account =
        values.SERVICENOW_CLIENT_ID === undefined
          ? { user: of('SERVICENOW_USER'), password: of('SERVICENOW_PASSWORD') }
          : { clientId: values.SERVICENOW_CLIENT_ID, clientSecret: of('SERVICENOW_CLIENT_SECRET') };
      const group = values.SERVICENOW_GROUP;
      return { system, instance: of('SERVICENOW_URL'), account, ...(group !== undefined && { group }) };
    }
    case 'azure-support':
      return {
        system,
        cloud: values.AZURE_SUPPORT_CLOUD,
        subscription: of('AZURE_SUPPORT_SUBSCRIPTION'),
        tenant: of('AZURE_SUPPORT_TENANT'),
        clientId: of('AZURE_SUPPORT_CLIENT_ID'),
        clientSecret: of('AZURE_SUPPORT_CLIENT_SECRET'),
        deskMail: of('AZURE_SUPPORT_MAIL'),
      };
  }
}
