/** Rows from an instant on, `offset` of them passed over: rows are only ever added at the end. */
export interface FeedbackPage {
  since: number;
  offset: number;
  limit: number;
}
