import { formatInstant } from './instant.ts';
import { offeringOf } from './entitlement.ts';
import type { Context } from './question.ts';

/** Codes as Microsoft's products write them: HRESULTs, sign-in codes, mail status codes, and whatever is called a code. */
const CODES = [
  /\b0x[0-9a-f]{8}\b/i,
  /\bAADSTS\d{4,7}\b/i,
  /\b[45]\.\d{1,2}\.\d{1,3}\b/,
  /\bCAA[0-9a-f]{5}\b/i,
  /(?:error(?:\s*code)?|code|错误(?:代码|码)?|エラー(?:\s*コード)?)\s*(?:is|[:：#]|为|是|は)?\s*([A-Z0-9][A-Z0-9._-]*\d[A-Z0-9._-]*)/i,
];

/** The error code that a description names, or null. */
export function errorCodeIn(text: string): string | null {
  const line = text.slice(0, 4000).replace(/\s+/gu, ' ');
  for (const pattern of CODES) {
    const found = pattern.exec(line);
    if (found) return found[1] ?? found[0];
  }
  return null;
}

/** Words to send on to whoever may ask: what the person wrote, when and about what; nothing that they did not say. */
export function forwardText(context: Context, to: 'admin' | 'partner'): string {
  const { description, timeZone, language } = context.case;
  const zone = timeZone ?? context.tools.rules.offerings[offeringOf(context.case) ?? 'worldwide'].zone?.value ?? 'UTC';
  const code = errorCodeIn(description ?? '');
  const time = formatInstant(new Date(context.tools.now).toISOString(), zone, language);
  const line = (key: string, value: string): string => context.text(`forward.${key}`, { value });
  const lines = [
    context.text(to === 'admin' ? 'route.forward' : 'forward.partner'),
    line('product', context.text(`offering.${offeringOf(context.case) ?? 'worldwide'}`)),
    line('what', description ?? ''),
    ...(code === null ? [] : [line('code', code)]),
    line('when', context.text('time.in-zone', { time, zone: offsetOf(zone, context.tools.now) })),
  ];
  return lines.join('\n\n');
}

/** "GMT+9": whoever reads it may sit elsewhere. */
function offsetOf(zone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
