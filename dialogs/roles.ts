import type { Role } from '#knowledge/offering.ts';
import type { Category, OfferingId, Product } from '#knowledge/schema.ts';
import { offeringOf } from './entitlement.ts';
import type { Context } from './question.ts';

/** Who of an organization may ask: by role, named as Microsoft's admin centers name it. */

/** Those whom every organization has, then those who look after what is broken. */
const FIRST = ['Global Administrator', 'Service Support Administrator'] as const;
const BY_PRODUCT: Partial<Record<Product, string>> = {
  exchange: 'Exchange Administrator',
  sharepoint: 'SharePoint Administrator',
  'teams-skype': 'Teams Administrator',
  identity: 'User Administrator',
};
const BY_CATEGORY: Partial<Record<Category, string>> = { billing: 'Billing Administrator' };
const OTHERWISE = 'Helpdesk Administrator';

/** "Global Administrator, Service Support Administrator, or Exchange Administrator", of those that may by `roles.json`. */
export function rolesThatMay(context: Context): string {
  const { triage, language } = context.case;
  const category = triage ? BY_CATEGORY[triage.category] : undefined;
  const fitting = category ?? (triage ? BY_PRODUCT[triage.product] : undefined) ?? OTHERWISE;
  const offering = offeringOf(context.case);
  const may = context.tools.roles.filter((role) => mayOpen(role, offering)).map(({ name }) => name);
  const names = [...FIRST, fitting].filter((name) => may.includes(name)).map((name) => roleName(name, context));
  const list = new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  // Chinese and Japanese set Latin words apart by a space.
  return list.replace(/(?<=[\p{Script=Han}\p{Script=Hiragana}])(?=[A-Za-z])/gu, ' ');
}

const mayOpen = ({ m365, azure }: Role, offering: OfferingId | null): boolean =>
  (offering === 'azure-21vianet' ? azure : m365) === true;

/** A role in the person's language; one that has no name there as the directory gives it. */
export function roleName(name: string, { text, tools }: Pick<Context, 'text' | 'tools'>): string {
  const key = `role.${name.toLowerCase().replaceAll(' ', '-')}`;
  return tools.phrases.has(key) ? text(key) : name;
}

/** The person's own role, in both namings: the admin center may be set to another language than the chat. */
export function ownRole(name: string, context: Context): string {
  const local = roleName(name, context);
  return local === name ? name : context.text('role.both', { local, name });
}
