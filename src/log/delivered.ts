/** What came in, as it would be known again under another id: its fingerprint, its row, and when. */
export interface Imprint {
  of: string;
  seq: number;
  at: number;
}
