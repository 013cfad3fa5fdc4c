import type { Conversation, LogRow } from '#src/log/ports.ts';

/**
 * The last call for a person in these rows, as the Bot Framework's protocol has it: the context as the value, the transcript
 * attached, so that another hub can take over from here. Null where nobody was called.
 */
export function handoffOf(rows: readonly LogRow[], { id, channel }: Conversation): Record<string, unknown> | null {
  const call = rows.findLast(({ role, body }) => role === 'system' && body['name'] === 'handoff.initiate');
  if (!call) return null;
  const said = rows.filter(
    ({ seq, role }) => seq < call.seq && (role === 'user' || role === 'bot' || role === 'agent'),
  );
  const activities = said.map((row) => ({
    ...row.body,
    id: `${id}|${row.seq}`,
    timestamp: new Date(row.at).toISOString(),
    from: { id: row.role, role: row.role === 'user' ? 'user' : 'bot' },
    conversation: { id },
    channelId: channel,
  }));
  return {
    ...call.body,
    id: `${id}|${call.seq}`,
    timestamp: new Date(call.at).toISOString(),
    conversation: { id },
    channelId: channel,
    attachments: [{ contentType: 'application/json', name: 'Transcript', content: { activities } }],
  };
}
