import { Refusal } from '#src/http/call.ts';

/** A watermark is the seq of the last row that the client has seen. None: from the beginning. */
export function readWatermark(text: string | null): number {
  if (text === null || text === '') return 0;
  if (!/^\d{1,15}$/.test(text)) throw new Refusal(400, 'bad-watermark', 'The watermark is not one of ours.');
  return Number(text);
}

/** Ids of one conversation sort as text in the order of its log. */
export function activityId(conversation: string, seq: number): string {
  return `${conversation}|${String(seq).padStart(7, '0')}`;
}
