import type { Phrases } from '#knowledge/phrases.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { formatInstant } from './instant.ts';

/** The mail that confirms a filed request, in the person's language: number, level, by when, how to add to it. */
export function filedMail(request: ServiceRequest, zone: string, phrases: Phrases): { subject: string; text: string } {
  const { number, language, severity, respondBy, description } = request;
  const say = (key: string, values: Record<string, string> = {}): string => phrases.text(language, key, values);
  const time =
    respondBy === null
      ? say('promise.none')
      : say('promise.by', { time: `${formatInstant(respondBy, zone, language)} (${zone})` });
  const lines = [
    say('submitted.done', { number }),
    say('submitted.level', { level: say(`severity.${severity}`) }),
    time,
    `${say('review.description')}: ${description}`,
  ];
  return { subject: say('mail.filed.subject', { number }), text: lines.join('\n\n') };
}
