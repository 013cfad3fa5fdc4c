import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#src/config.ts';

export const ROOT = '/v3/directline';

/**
 * Where this server is for who calls: clients take the addresses that they are given as they are. The public address, but
 * for a local server that is called by another name.
 */
export function placeOf(
  { mode, PUBLIC_URL }: Pick<Config, 'mode' | 'PUBLIC_URL'>,
  { host }: IncomingHttpHeaders,
): string {
  const named = PUBLIC_URL !== undefined && (mode === 'production' || new URL(PUBLIC_URL).host === host);
  return named ? PUBLIC_URL : `http://${host ?? 'localhost'}`;
}

export function streamUrl(place: string, conversation: string, token: string, watermark: number): string {
  const path = `${ROOT}/conversations/${conversation}/stream?t=${token}&watermark=${watermark}`;
  return `${place.replace(/^http/, 'ws')}${path}`;
}
