import type { LogRow } from '#src/log/ports.ts';
import { forTeams } from './cards/teams.ts';
import type { ConnectorCall } from './connector.ts';
import { halvesOf, piecesOf, withParagraphs } from './fit.ts';
import type { Reference } from './reference.ts';

/** What a row is on the wire: the connector's calls that say it. */

export interface Target {
  readonly service: URL;
  readonly reference: Reference;
  readonly replyToId: string | null;
}

export type Call = Omit<ConnectorCall, 'authorization'>;

/** The calls that say a row: mostly one; a long text takes several. */
export function callsFor({ service, reference, replyToId }: Target, row: LogRow): Call[] {
  const base = activitiesOf(service, reference);
  const changes = row.body['type'] === 'messageUpdate' || row.body['type'] === 'messageDelete';
  const target = changes && typeof row.body['id'] === 'string' ? row.body['id'] : replyToId;
  const url = new URL(target === null ? base : `${base}/${encodeURIComponent(target)}`);
  if (row.body['type'] === 'messageDelete') return [{ method: 'DELETE', url, body: null }];
  const type = changes ? 'message' : row.body['type'];
  const answers = replyToId !== null && { replyToId };
  const activity = { ...row.body, ...spokenBy(row), type, ...addressed(reference), ...answers };
  const spoken = reference.channelId === 'msteams' ? forTeams(activity, reference.user.id) : activity;
  const pieces = changes ? [spoken] : piecesOf(withParagraphs(spoken));
  return pieces.map((piece) => ({ method: changes ? 'PUT' : 'POST', url, body: JSON.stringify(piece) }));
}

/** A call whose message the channel found too large, as several; null where it can't be made smaller, or is a change of one message. */
export function smallerCalls({ method, url, body }: Call): Call[] | null {
  if (method !== 'POST' || body === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `callsFor` above
  const pieces = halvesOf(JSON.parse(body) as Record<string, unknown>);
  return pieces && pieces.map((piece) => ({ method, url, body: JSON.stringify(piece) }));
}

/** The channel knows the bot only: an agent's words bear the agent's name. */
function spokenBy({ role, body }: LogRow): { text?: string } {
  const { from, text } = body;
  if (role !== 'agent' || typeof text !== 'string') return {};
  const name = typeof from === 'object' && from !== null && 'name' in from ? from.name : null;
  return typeof name === 'string' && name !== '' ? { text: `${name}: ${text}` } : {};
}

export function activitiesOf({ origin, pathname }: URL, { conversation }: Reference): string {
  return `${origin}${pathname.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
}

export function addressed({ channelId, serviceUrl, conversation, user, bot }: Reference): Record<string, unknown> {
  return { channelId, serviceUrl, conversation, from: { ...bot, role: 'bot' }, recipient: user };
}
