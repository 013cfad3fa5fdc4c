import { promise, toldTwice } from '../promise.ts';
import { say } from '../question.ts';
import type { Context, Question } from '../question.ts';
import type { Choice, Reply } from '../reply.ts';
import { requestCard } from '../request-card.ts';
import { isUnregistered } from '../unregistered.ts';
import { phoneLine } from './phone-line.ts';

/** Where a conversation comes out: a request is filed. */

/** Nothing is asked: what may be taken along. */
export const submittedChoices = (context: Context): Choice[] => [
  { id: 'receipt', label: context.text('request.do.receipt') },
];

function nextStep(context: Context): string {
  const { method = 'email', callbackAt } = context.case.contact;
  return method === 'phone' && callbackAt !== undefined
    ? context.text('submitted.next.callback', { time: toldTwice(context, callbackAt) })
    : context.text(`submitted.next.${method}`);
}

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
      nextStep(context),
      ...(severity === 'A' ? [phoneLine(context)] : [context.text('phone.details-ready')]),
      ...(isUnregistered(context.case, context.tools) ? [context.text('code.expected')] : []),
      context.text('submitted.add', { number }),
    ];
    return say(context, lines.join('\n\n'), {
      step: 'submitted',
      choices: submittedChoices(context),
      card: requestCard({ ...filed, state: 'open' }, context),
      data: { request: { number, severity, respondBy, route: way } },
    });
  },
  read: (_input, context) => ({ case: context.case, understood: true }),
  forget: (known) => known,
};
