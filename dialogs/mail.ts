import type { Phrases } from '#knowledge/phrases.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { knownZone } from './instant.ts';
import { twice } from './promise.ts';

/**
 * The mail that confirms a filed request, in the person's language: number, level, by when (on the clock of `zone`, the
 * offering's, and on the person's own), how to add to it.
 */
export function filedMail(request: ServiceRequest, zone: string, phrases: Phrases): { subject: string; text: string } {
  const { number, language, severity, respondBy, description, contact } = request;
  const zones = { office: zone, own: knownZone(contact.timeZone) };
  const say = (key: string, values: Record<string, string> = {}): string => phrases.text(language, key, values);
  const time =
    respondBy === null
      ? say('promise.none')
      : say('promise.by', { time: twice(respondBy, zones, { language, text: say }) });
  const lines = [
    say('submitted.done', { number }),
    say('submitted.level', { level: say(`severity.${severity}`) }),
    time,
    `${say('review.description')}: ${description}`,
  ];
  return { subject: say('mail.filed.subject', { number }), text: lines.join('\n\n') };
}
