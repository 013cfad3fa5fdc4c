import { decisionOf, offeringOf } from '../entitlement.ts';
import { promise } from '../promise.ts';
import { choices, misread, say } from '../question.ts';
import type { Context, Question, Reading } from '../question.ts';
import type { Link, Reply } from '../reply.ts';
import { chosen } from './choose.ts';
import { phoneLine } from './phone-line.ts';

/** Where a conversation comes out: another way than a request, a request filed, a person. */

function routeLinks(context: Context): Link[] {
  const { links } = context.tools.rules.offerings[offeringOf(context.case) ?? 'worldwide'];
  const listed = [
    ['community', links.community],
    ['userSupport', links.userSupport],
    ['health', links.health],
  ] as const;
  return listed.flatMap(([id, link]) => (link ? [{ label: context.text(`link.${id}`), url: link.value }] : []));
}

/** Words that the person can send on to whoever may ask: what they wrote, nothing they did not. */
function forwardText(context: Context): string {
  return context.text('route.forward', { description: context.case.description ?? '' });
}

/** Where a partner is named in the admin center is documented for the worldwide one only. */
function partnerUnknown(context: Context): string {
  return offeringOf(context.case) === 'worldwide' ? 'route.partner-unknown' : 'route.partner-unknown-china';
}

const FORWARDED = new Set(['not-admin', 'admin-without-permission', 'contact-partner', 'partner-first']);

export const route: Question = {
  step: 'route',
  short: () => '',
  ask(context): Reply {
    const { route: way } = decisionOf(context.case, context.tools);
    const partner = context.case.facts?.partner;
    const contactOfPartner = partner
      ? [partner.name, partner.phone, partner.email].filter(Boolean).join(' · ')
      : context.text(partnerUnknown(context));
    const role = context.case.facts?.roleName ?? '';
    const phone = way === 'presales' || !context.case.facts?.signedIn ? [phoneLine(context)] : [];
    const text = [context.text(`route.${way}`, { partner: contactOfPartner, role }), ...phone].join('\n\n');
    const ids = way === 'partner-first' ? ['open-anyway', 'human', 'done'] : ['human', 'done'];
    const details = FORWARDED.has(way)
      ? { details: { label: context.text('route.forward-label'), body: forwardText(context) } }
      : {};
    return say(context, text, {
      step: 'route',
      choices: choices(context, 'route-choice', ids),
      card: { tone: 'default', links: routeLinks(context), ...details },
      data: { route: way },
    });
  },
  read(input, context): Reading {
    const { route: way } = decisionOf(context.case, context.tools);
    const ids = way === 'partner-first' ? ['open-anyway', 'human', 'done'] : ['human', 'done'];
    const id = chosen(input, choices(context, 'route-choice', ids), context);
    if (id === 'open-anyway') return { case: { ...context.case, openAnyway: true }, understood: true };
    if (id === 'human') return { case: context.case, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
    if (id === 'done')
      return {
        case: context.case,
        understood: true,
        notes: [say(context, context.text('route.closed'))],
        closes: true,
      };
    return misread(context, `${context.text('misread.choice')} ${context.text('misread.offer-human')}`);
  },
  forget: (known) => ({ ...known, openAnyway: false }),
};

export const submitted: Question = {
  step: 'submitted',
  ask(context): Reply {
    const filed = context.case.request;
    if (!filed) return say(context, context.text('describe.ask'), { step: 'describe' });
    const { number, severity, respondBy, route: way } = filed;
    const time = promise(context, filed);
    const lines = [
      context.text('submitted.done', { number }),
      context.text('submitted.level', { level: context.text(`severity.${severity}`) }),
      time,
      context.text(`submitted.next.${context.case.contact.method ?? 'email'}`),
      ...(severity === 'A' ? [phoneLine(context)] : [context.text('phone.details-ready')]),
      context.text('submitted.add', { number }),
    ];
    return say(context, lines.join('\n\n'), {
      step: 'submitted',
      card: { tone: 'good', title: number, facts: [] },
      data: { request: { number, severity, respondBy, route: way } },
    });
  },
  read: (_input, context) => ({ case: context.case, understood: true }),
  forget: (known) => known,
};

export const handoff: Question = {
  step: 'handoff',
  ask(context): Reply {
    const { waiting, agentsOnDuty } = context.world.queue();
    const position = waiting + 1;
    const state = context.text(agentsOnDuty > 0 ? 'handoff.waiting' : 'handoff.nobody', { position });
    const text = [state, phoneLine(context), context.text('handoff.meanwhile')].join('\n\n');
    return say(context, text, { step: 'handoff', data: { handoff: { state: 'waiting', position } } });
  },
  read: (_input, context) => ({
    case: context.case,
    understood: true,
    notes: [say(context, context.text('handoff.kept'), { step: 'handoff', data: { handoff: { state: 'waiting' } } })],
  }),
  forget: (known) => known,
};
