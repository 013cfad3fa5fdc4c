import type { PhoneHours } from '#src/policy/phone-hours.ts';
import type { PhonePage } from '#src/policy/support-phone.ts';
import { toldTwice } from './promise.ts';
import type { Context } from './question.ts';

/** The phone page put into the person's language: the numbers, what they are for, who answers when. */

type Numbers = PhonePage['numbers'];

/** Numbers that answer at the same hours: those of one plan, or all. */
interface Plan {
  plan: string;
  numbers: Numbers;
  hours: readonly PhoneHours[];
}

/** The plans that have numbers of their own, in the order of the page; one without a name where all numbers are for all. */
export function plansOf({ numbers, hours }: PhonePage): Plan[] {
  const labels = [...new Set(numbers.map(({ label }) => label ?? ''))];
  const named = labels.filter((label) => numbers.filter((one) => one.label === label).length > 1 && label !== '');
  if (named.length < 2) return [{ plan: '', numbers, hours }];
  return named.map((plan) => ({
    plan,
    numbers: numbers.filter(({ label }) => label === plan).map(({ number, kind }) => ({ number, kind })),
    hours: hours.filter((one) => one.plan === null || plan.startsWith(one.plan)),
  }));
}

/** "0800 032 6417 / 0203 450 6455 (alternative)". */
export function numbersOf(numbers: Numbers, context: Context): string {
  const told = numbers.map(({ number, kind, label }) => {
    const what = label === undefined ? '' : pageWord('label', label, context);
    const role = what === '' && kind === 'alternative' ? context.text('phone.alternative') : what;
    return role === '' ? number : context.text('phone.number', { number, label: role });
  });
  return told.join(' / ');
}

/** "English, Japanese: around the clock." Languages with the same hours stand together. */
export function servedOf(hours: readonly PhoneHours[], context: Context): string[] {
  const told = hours.map((one) => ({ language: languageName(one.language, context), when: whenOf(one, context) }));
  const times = [...new Set(told.map(({ when }) => when))].filter((when) => when !== null);
  return times.map((when) => {
    const languages = told.filter((one) => one.when === when).map(({ language }) => language);
    return context.text('phone.served', { languages: languages.join(context.text('list.join')), hours: when });
  });
}

/** Whether somebody answers now: in the person's language, else in which other one; '' where nobody can tell. */
export function openState(hours: readonly PhoneHours[], context: Context): string {
  const [own, ...others] = hours;
  if (!own?.opening) return '';
  const isOwn = isOf(own, context);
  if (own.opening.openNow) {
    return isOwn
      ? context.text('phone.open')
      : context.text('phone.open-in', { language: languageName(own.language, context) });
  }
  const { opensAt } = own.opening;
  const opens = opensAt === null ? '' : toldTwice(context, new Date(opensAt).toISOString());
  const other = others.find(({ opening }) => opening?.openNow === true);
  if (!other) return opens === '' ? '' : context.text('phone.opens', { time: opens });
  const languages = { language: languageName(other.language, context), own: languageName(own.language, context) };
  return context.text('phone.open-otherwise', { ...languages, time: opens });
}

/** Sentences stand apart by a space in English, and by nothing in Chinese and Japanese. */
export function inOneLine(context: Context, sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(context.case.language === 'en' ? ' ' : '');
}

const isOf = ({ language }: PhoneHours, context: Context): boolean =>
  language.split('-')[0] === context.case.language.split('-')[0];

const DAYS = /^([A-Z][a-z]{2})-([A-Z][a-z]{2}) (\d\d:\d\d)-(\d\d:\d\d)(?: (.+))?$/;

/** The hours in words; null where the page's own reader doubted them. Other wordings are shown as they are. */
function whenOf({ stated, criticalAlways, exceptHolidays }: PhoneHours, context: Context): string | null {
  if (stated === 'always') return context.text('phone.hours.always');
  if (stated.includes('(sic')) return null;
  const [, first = '', last = '', opens = '', closes = '', zone = ''] = DAYS.exec(stated) ?? [];
  const days = `phone.days.${first}-${last}`.toLowerCase();
  if (first === '' || !context.tools.phrases.has(days)) return stated;
  const plain = context.text('phone.hours.days', { days: context.text(days), opens, closes });
  const key = `phone.zone.${slugOf(zone)}`;
  const zoned = context.tools.phrases.has(key)
    ? context.text('phone.hours.zone', { hours: plain, zone: context.text(key) })
    : plain;
  const kept = exceptHolidays ? context.text('phone.hours.except-holidays', { hours: zoned }) : zoned;
  return criticalAlways ? context.text('phone.hours.critical', { hours: kept }) : kept;
}

const languageNames = new Map<string, Intl.DisplayNames>();

/** A language in the person's; the few that the desk itself speaks are phrases, `Intl` knows the others. */
function languageName(tag: string, context: Context): string {
  const { language } = context.case;
  const key = `phone.language.${tag}`;
  if (context.tools.phrases.has(key)) return context.text(key);
  let names = languageNames.get(language);
  if (!names) languageNames.set(language, (names = new Intl.DisplayNames(language, { type: 'language' })));
  return names.of(tag) ?? tag;
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-') ?? '';

/** What the page says in English, in the person's language; names of telephone companies are the same everywhere. */
export function pageWord(kind: 'label' | 'note', word: string, context: Context): string {
  const key = `phone.${kind}.${slugOf(word)}`;
  return context.tools.phrases.has(key) ? context.text(key) : word;
}
