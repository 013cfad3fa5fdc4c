/** What came in, as it would be known again under another id: its fingerprint, its row, and when. */
export interface Imprint {
  of: string;
  seq: number;
  at: number;
}

/** What the bot says in some rows of a conversation, and whether it has begun to be said. */
export interface BotRows {
  readonly conversation: string;
  readonly from: number;
  readonly to: number;
  readonly was: 'queued' | 'sending';
  readonly delivery: 'queued' | 'sending';
}
