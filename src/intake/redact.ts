/**
 * A question as it may be kept for learning: without addresses, numbers, links and ids that could name somebody. Rather too
 * much is taken out than too little.
 */
export function withoutPersonalData(text: string): string {
  return text
    .slice(0, 1000)
    .replace(/https?:\/\/\S+/gi, '[link]')
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu, '[mail]')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '[id]')
    .replace(/\+?\d[\d\s().-]{6,}\d/g, '[number]');
}
