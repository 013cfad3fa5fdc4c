import type { Deed, Tools } from '#dialogs/question.ts';
import { draftOf } from '#dialogs/questions/review.ts';
import type { Case } from '#dialogs/case.ts';
import { confirmation } from '#src/log/mail.ts';
import { tellDeskJob } from '#src/log/tell-desk.ts';
import type { Conversation, Feedback, Rating, Unit } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import { promiseCall } from '#src/promises/keep.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { tellHandoff } from './handoff-event.ts';
import { addToHistory } from '#src/requests/history.ts';
import { referenceOf } from './teams/place.ts';
import { SIGN_OUT } from './teams/sign-out.ts';
import { withoutPersonalData } from '#src/intake/redact.ts';

/** What a turn's deeds need beside the turn itself. */
export interface DeedTools {
  readonly tools: Tools;
  readonly newId: () => string;
}

/** Does what the dialogs decided, in the transaction of the turn that decided it: all of it is kept, or none. */
export async function perform(deeds: readonly Deed[], turn: Turn, unit: Unit, given: DeedTools): Promise<void> {
  for (const deed of deeds) await performOne(deed, turn, unit, given);
}

type Changing = Of<'add-information' | 'change-request' | 'promise-call'>;

/** Whether it is done to a request that is filed already, perhaps in another conversation. */
export function changesRequest(deed: Deed): deed is Changing {
  return deed.kind === 'add-information' || deed.kind === 'change-request' || deed.kind === 'promise-call';
}

async function performOne(deed: Deed, turn: Turn, unit: Unit, given: DeedTools): Promise<void> {
  const { conversation } = turn;
  const at = given.tools.now;
  switch (deed.kind) {
    case 'file':
      turn.wroteJobs = true;
      turn.tellDesk();
      return file(requestOf(deed.case, deed, turn, given), unit, given);
    case 'add-information':
      await addInformation(deed, conversation, at, unit);
      return tellDeskOf(deed.number, turn, unit, given);
    case 'change-request': {
      const { number, event: kind, data } = deed;
      await addToHistory(unit.requests, { number, at, actor: 'customer', kind, data });
      return tellDeskOf(number, turn, unit, given);
    }
    case 'link-incident': {
      const { id, tenant } = conversation;
      const { incident, offering, title } = deed;
      await unit.incidents.link({ incident, offering, title, conversation: id, party: tenant ?? id, at });
      return;
    }
    case 'feedback':
      return unit.feedback.add(feedbackOf(deed, conversation, at));
    case 'rate':
      return unit.feedback.rate(ratingOf(deed, conversation, at));
    case 'unanswered': {
      const text = withoutPersonalData(deed.question);
      return unit.feedback.addUnanswered({
        text,
        language: conversation.language ?? 'en',
        offering: conversation.offering,
        at,
      });
    }
    case 'promise-call':
      await oweCall(deed, at, unit);
      return tellDeskOf(deed.number, turn, unit, given);
    case 'wait-for-agent':
      return wait(turn);
    case 'sign-out':
      turn.wroteJobs = true;
      return signOut(turn, unit, given);
    case 'return-to-bot':
      turn.own('bot');
      tellHandoff(turn, 'left');
  }
}

/** The token service is told by a job; what is kept in memory is forgotten at once. */
async function signOut({ conversation }: Turn, unit: Unit, { newId, tools: { now } }: DeedTools): Promise<void> {
  const reference = referenceOf(conversation);
  if (!reference) return;
  const payload = { channelId: reference.channelId, userId: reference.user.id };
  const id = newId();
  const job = { id, kind: SIGN_OUT, key: `${SIGN_OUT}:${id}`, payload, attempts: 0, lastError: null };
  await unit.jobs.add({ ...job, runAt: now, createdAt: now });
}

type Of<K extends Deed['kind']> = Extract<Deed, { kind: K }>;

/** A colleague's words stand beside those of whoever filed it, with the name of who said them. */
async function addInformation(
  { number, text, by }: Of<'add-information'>,
  { person }: Conversation,
  at: number,
  unit: Unit,
): Promise<void> {
  const line = { number, at, kind: 'information-added' } as const;
  const whose =
    by === null ? { actor: 'customer', data: { text } } : { actor: 'colleague', data: { text, by }, person };
  await addToHistory(unit.requests, { ...line, ...whose });
}

/** A request changed: the desk has something new to show of the conversation that it was filed in, and of this one. */
async function tellDeskOf(number: string, turn: Turn, unit: Unit, { tools, newId }: DeedTools): Promise<void> {
  turn.tellDesk();
  const [request] = await unit.requests.several([number]);
  if (!request || request.conversation === turn.conversation.id) return;
  turn.wroteJobs = true;
  await unit.jobs.add(tellDeskJob(newId(), { conversation: request.conversation, number, at: tools.now }));
}

async function oweCall({ number, due }: Of<'promise-call'>, at: number, unit: Unit): Promise<void> {
  const request = await unit.requests.byNumber(number);
  if (request) await promiseCall(unit.promises, request, due === null ? null : Date.parse(due), at);
}

function ratingOf(
  { talk, agent, score, comment: said }: Of<'rate'>,
  { id, language }: Conversation,
  at: number,
): Rating {
  const comment = said === null ? null : withoutPersonalData(said);
  return { conversation: id, talk, agent, score, comment, language: language ?? 'en', at };
}

function feedbackOf({ helpful, topic, question }: Of<'feedback'>, conversation: Conversation, at: number): Feedback {
  return {
    conversation: conversation.id,
    kind: helpful ? 'helpful' : 'not-helpful',
    topic,
    question: withoutPersonalData(question),
    language: conversation.language ?? 'en',
    score: null,
    comment: null,
    at,
  };
}

/** The person goes into the line of those who wait for an agent. */
function wait(turn: Turn): void {
  if (turn.conversation.owner !== 'bot') return;
  turn.own('waiting');
  tellHandoff(turn, 'asked');
}

function requestOf(
  known: Case,
  { number, submissionId }: { number: string; submissionId: string },
  turn: Turn,
  { tools }: DeedTools,
): ServiceRequest {
  const { id, person, tenant } = turn.conversation;
  const { facts } = known;
  return {
    ...draftOf(known, tools),
    number,
    submissionId,
    conversation: id,
    person,
    personName: facts?.name ?? '',
    // The directory's word on whose organization it is; else the channel's.
    tenant: facts?.tenant ?? tenant,
    state: 'open',
    createdAt: tools.now,
    respondBy: known.request?.respondBy ?? null,
    provisional: known.request?.provisional ?? false,
  };
}

/** Files it once: the card's one-time id is unique in storage too, whatever a channel repeats. */
async function file(request: ServiceRequest, unit: Unit, { tools, newId }: DeedTools): Promise<void> {
  if (await unit.requests.bySubmission(request.submissionId)) return;
  await unit.requests.insert(request);
  const { number, contact } = request;
  if (contact.email === undefined) return;
  await unit.jobs.add(confirmation(newId(), number, { to: contact.email, at: tools.now }));
}
