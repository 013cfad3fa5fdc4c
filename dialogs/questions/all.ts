import type { Question } from '../question.ts';
import type { Step } from '../reply.ts';
import { answer } from './answer.ts';
import { callbackTime, contactEmail, contactMethod, contactPhone } from './contact-details.ts';
import { contact } from './contact.ts';
import { customer } from './customer.ts';
import { describe } from './describe.ts';
import { admin, agreement, behalf, offering, purchase } from './identity.ts';
import { handoff } from './handoff.ts';
import { submitted } from './outcome.ts';
import { rating } from './rating.ts';
import { review } from './review.ts';
import { route } from './route.ts';
import { incident } from './incident.ts';
import { impact, severity } from './severity.ts';
import { similar } from './similar.ts';

/** Steps that belong to the agents' side of the conversation, or that only tell: the bot asks nothing there. */
type Asked = Exclude<Step, 'welcome' | 'status' | 'verify-code'>;

/** Every question by its step; a step without a question breaks the build. */
const QUESTIONS: Record<Asked, Question> & Partial<Record<Step, Question>> = {
  describe,
  answer,
  incident,
  similar,
  offering,
  admin,
  purchase,
  agreement,
  route,
  behalf,
  customer,
  severity,
  impact,
  contact,
  'contact-phone': contactPhone,
  'contact-email': contactEmail,
  'contact-method': contactMethod,
  'callback-time': callbackTime,
  review,
  submitted,
  handoff,
  rating,
};

export function questionOf(step: Step): Question {
  return QUESTIONS[step] ?? describe;
}
