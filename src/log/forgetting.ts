/** Takes a person out of everything that is stored. */
export interface ErasureStore {
  /** Whether anything is stored of somebody of that key. */
  knows(person: string): Promise<boolean>;
  /** Keys of those who gave this mail address in a talk or with a request. */
  peopleWith(mail: string): Promise<string[]>;
  /** What is still open for somebody: without them it could not be kept. */
  owed(person: string): Promise<{ requests: string[]; talks: string[]; jobs: string[] }>;
  /**
   * Drops their talks with everything in them, and what their requests, opinions and mails tell of them; what they
   * added to requests of colleagues. Requests stay with level,
   * category and times, filed by `as`; opinions with their score.
   */
  erase(person: string, as: string): Promise<Erased>;
}

/** How much was taken out; `elsewhere`: requests that another system has, too, under its own number. */
export interface Erased {
  talks: number;
  rows: number;
  files: number;
  requests: number;
  opinions: number;
  mails: number;
  jobs: number;
  /** Lines that they added to requests of colleagues. */
  added: number;
  elsewhere: { system: string; number: string }[];
}

/** What may go because it is long over: each drops `limit` at most of what is older than `before`, and returns how many. */
export interface RetentionStore {
  /** Jobs that are done; dead letters stay. */
  jobs(before: number, limit: number): Promise<number>;
  /** Mails that were kept to be shown. */
  mails(before: number, limit: number): Promise<number>;
  /** Notices of matters that are over. */
  notices(before: number, limit: number): Promise<number>;
  /** One-time ids that expired before. */
  spent(before: number, limit: number): Promise<number>;
  /** What was said and sent in talks in which nothing was said since, and nothing is owed. */
  talks(before: number, limit: number, now: number): Promise<number>;
}
