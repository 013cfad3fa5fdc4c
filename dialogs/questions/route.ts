import type { Route } from '#src/policy/route.ts';
import { decisionOf, offeringOf } from '../entitlement.ts';
import { forwardText } from '../forward.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Question, Reading } from '../question.ts';
import type { Choice, Link, Reply } from '../reply.ts';
import { ownRole, rolesThatMay } from '../roles.ts';
import { chosen } from './choose.ts';
import { isWholeWord } from '../words.ts';
import { phoneLine } from './phone-line.ts';

/** Another way than a request: who may ask, whom to ask, and the words to send on. */

type LinkId = 'portal' | 'community' | 'userSupport' | 'health' | 'publicHealth';

/** What each way out links to; the service health of the admin center is no use to who can't open it. */
const LINKS: Partial<Record<Route, readonly LinkId[]>> = {
  'not-admin': ['community', 'userSupport', 'publicHealth'],
  'admin-without-permission': ['community', 'health'],
  'contact-partner': ['portal', 'health'],
  'partner-first': ['portal', 'community', 'health'],
  presales: ['portal', 'community'],
  'out-of-scope': ['community', 'userSupport'],
};

function linksOf(way: Route, context: Context): Link[] {
  const { links } = context.tools.rules.offerings[offeringOf(context.case) ?? 'worldwide'];
  return (LINKS[way] ?? []).flatMap((id) => {
    const link = links[id];
    return link ? [{ label: context.text(`link.${id}`), url: link.value }] : [];
  });
}

/** Who is sent where with the text: an admin of the organization, or the partner. */
const FORWARDED: Partial<Record<Route, 'admin' | 'partner'>> = {
  'not-admin': 'admin',
  'admin-without-permission': 'admin',
  'contact-partner': 'partner',
  'partner-first': 'partner',
};

function partnerOf(context: Context): string {
  const partner = context.case.facts?.partner;
  // Where a partner is named in the admin center is documented for the worldwide one only.
  const unknown = isWorldwide(context) ? 'route.partner-unknown' : 'route.partner-unknown-china';
  return partner ? [partner.name, partner.phone, partner.email].filter(Boolean).join(' · ') : context.text(unknown);
}

const isWorldwide = (context: Context): boolean => (offeringOf(context.case) ?? 'worldwide') === 'worldwide';

/** Where the partner's contact stands, and what to do when nobody answers there. */
function aboutPartner(context: Context): string[] {
  const isKnown = context.case.facts?.partner != null;
  return [
    ...(isKnown && isWorldwide(context) ? [context.text('route.partner-where')] : []),
    context.text('route.partner-silent'),
    context.text('route.forward-hint'),
  ];
}

function sentences(way: Route, context: Context): string[] {
  const offering = offeringOf(context.case);
  const hint = context.text('route.forward-hint');
  const partner = partnerOf(context);
  switch (way) {
    case 'not-admin': {
      const help = linksOf(way, context).length > 0 ? [context.text('route.self-help')] : [];
      if (offering === 'partner-center-21vianet')
        return [context.text('route.not-admin-partner-center'), hint, ...help];
      return [context.text('route.not-admin', { roles: rolesThatMay(context) }), hint, ...help];
    }
    case 'admin-without-permission': {
      const role = ownRole(context.case.facts?.roleName ?? '', context);
      const assign = offering === 'azure-21vianet' ? 'route.assign-azure' : 'route.assign';
      return [context.text(`route.${way}`, { role, roles: rolesThatMay(context) }), context.text(assign), hint];
    }
    case 'contact-partner':
      return [context.text(`route.${way}`, { partner }), ...aboutPartner(context)];
    case 'partner-first':
      return [context.text(`route.${way}`, { partner }), ...aboutPartner(context), context.text('route.open-anyway')];
    case 'out-of-scope': {
      const community = linksOf(way, context).some(({ label }) => label === context.text('link.community'));
      return [context.text(`route.${way}`), ...(community ? [context.text('route.community')] : [])];
    }
    case 'presales':
      return [context.text(`route.${way}`)];
    case 'open':
    case 'ask-admin':
    case 'ask-purchase':
    case 'ask-agreement':
    case 'partner-center':
    case 'on-behalf':
      return [];
  }
}

/** What may be chosen on a way out; to open a request anyway only where the partner merely comes first. */
function waysOn(way: Route, context: Context): Choice[] {
  const ids = way === 'partner-first' ? ['open-anyway', 'human', 'done'] : ['human', 'done'];
  return choices(context, 'route-choice', ids);
}

export const route: Question = {
  step: 'route',
  short: () => '',
  ask(context): Reply {
    const { route: way } = decisionOf(context.case, context.tools);
    const phone = way === 'presales' || !context.case.facts?.signedIn ? [phoneLine(context)] : [];
    // First what it is, then what to do about it.
    const [first = '', ...rest] = sentences(way, context);
    const between = context.case.language === 'en' ? ' ' : '';
    const text = [first, rest.join(between), ...phone].filter((part) => part !== '').join('\n\n');
    const to = FORWARDED[way];
    const details = to && { details: { label: context.text('route.forward-label'), body: forwardText(context, to) } };
    return say(context, text, {
      step: 'route',
      choices: waysOn(way, context),
      card: { tone: 'default', links: linksOf(way, context), ...details },
      data: { route: way },
    });
  },
  read(input, context): Reading {
    const { route: way } = decisionOf(context.case, context.tools);
    const id = chosen(input, waysOn(way, context), context);
    if (id === 'open-anyway') return { case: { ...context.case, openAnyway: true }, understood: true };
    if (id === 'human') return { case: context.case, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
    if (id === 'done')
      return {
        case: context.case,
        understood: true,
        notes: [say(context, context.text('route.closed'))],
        closes: true,
      };
    const asksHow = input.kind === 'text' && isWholeWord(input.text, 'words.what-now', context.tools.phrases);
    if (asksHow && FORWARDED[way] !== undefined)
      return { case: context.case, understood: true, notes: [say(context, context.text('route.what-now'))] };
    return misread(context, context.text('misread.choice'));
  },
  forget: (known) => ({ ...known, openAnyway: false }),
};
