import type { Case } from '../case.ts';
import { isOfOneProduct } from '../entitlement.ts';
import { heardIn } from '../heard.ts';
import { misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import { reachedBy } from '../reach.ts';
import type { Reply } from '../reply.ts';
import { isHello } from '../words.ts';

/** Contract: at least ten characters. A Chinese or Japanese character says as much as two Latin ones. */
export const MIN_WIDTH = 10;
/** "你是谁？" is short, but nothing is missing. */
const ASKS = /[?？]\s*$/u;
/** Longer than this is refused politely: paste the essence, send the log as a file. */
export const MAX_TEXT = 8000;

export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter) ? 2 : 1;
  return width;
}

/** Forgets all that was worked out from the description. */
export function withoutDescription(known: Case): Case {
  return {
    ...known,
    description: null,
    triage: null,
    answer: null,
    answered: false,
    incident: null,
    incidentChecked: false,
    similar: null,
    similarChecked: false,
    severity: null,
    clarified: false,
    refused: false,
    impact: null,
    openAnyway: false,
  };
}

export const describe: Question = {
  step: 'describe',
  ask(context): Reply {
    return say(context, context.text('describe.ask'), { step: 'describe' });
  },
  read(input: Input, context: Context): Reading {
    const text = (input.kind === 'text' ? input.text : (input.fields['description'] ?? '')).trim();
    if (text.length > MAX_TEXT) return misread(context, context.text('describe.too-long', { max: MAX_TEXT }));
    if (widthOf(text) < MIN_WIDTH) {
      if (context.case.editing === null && ASKS.test(text) && heardIn(text, context).category === 'chitchat') {
        return { case: context.case, understood: true, notes: [say(context, context.text('describe.about-me'))] };
      }
      // "Hi" is answered by the question, not by a complaint.
      return isHello(text, context.tools.phrases) && context.case.editing === null
        ? { case: context.case, understood: true }
        : misread(context, context.text('describe.too-short'));
    }
    return describedAs(text, context);
  },
  forget: withoutDescription,
};

/** Who isn't verified may name the cloud in their own words; the page's guess gives way to that. */
function withNamedOffering(known: Case, text: string): Case {
  if (known.facts?.verified || isOfOneProduct(known.facts) || !/21\s*vianet|世[纪紀]互[联聯]|國內版|国内版/i.test(text))
    return known;
  const isPartnerCenter = /partner\s*cent(?:er|re)|合作伙伴中心|パートナー\s*センター/iu.test(text);
  const cloud = /azure/i.test(text) ? 'azure-21vianet' : 'o365-21vianet';
  const offering = isPartnerCenter ? 'partner-center-21vianet' : cloud;
  return { ...known, stated: { ...known.stated, offering } };
}

/** The text as the description, judged anew; all that was worked out from an earlier one is forgotten. */
export function describedAs(text: string, context: Context): Reading {
  const { language: said, category, product, severity, confidence, evidence, doubt } = heardIn(text, context);
  const language = context.case.languagePinned ? context.case.language : said;
  if (category === 'human') {
    return { case: { ...context.case, language }, understood: true, deeds: [{ kind: 'wait-for-agent' }] };
  }
  const known = withNamedOffering({ ...withoutDescription(context.case), language }, text);
  if (category === 'chitchat') {
    // While the description is being changed, the old one stays until there is a new one.
    if (context.case.editing !== null) return misread(context, context.text('describe.too-short'));
    const notes = isHello(text, context.tools.phrases) ? [] : [say(context, context.text('describe.about-me'))];
    return { case: known, understood: true, notes };
  }
  const triage = { category, product, severity, confidence, evidence: evidence.slice(0, 8), doubt };
  const contact = { ...known.contact, ...reachedBy(text, context) };
  return { case: { ...known, description: text, triage, contact }, understood: true };
}
