import type { Language } from '#knowledge/schema.ts';
import type { LogRow, Storage } from '#src/log/ports.ts';
import type { DocRead, DocSettings, DocSource } from '#src/outside/docs/types.ts';

/** One thing that the doctor looks at: resolves with what was found, rejects where it is not well. */
export interface Check {
  readonly check: string;
  readonly run: () => string | Promise<string>;
}

export interface LineOptions {
  /** Id of a sample person; undefined: a visitor who isn't signed in. */
  readonly as: string | undefined;
  /** undefined: the sample person's own language, else English. */
  readonly language: Language | undefined;
  /** Told of everything that is said to the person, in order. */
  readonly show: (rows: readonly LogRow[]) => void;
}

/** A person's line into the house: the same reception as every channel's. */
export interface Line {
  readonly language: Language;
  /** Greets the house: the person has come in. */
  arrive(): Promise<void>;
  /** Says something; resolves when it is answered, or when the answer takes long and will come later. */
  say(text: string): Promise<void>;
  /** Hangs up and closes the house. */
  close(): Promise<void>;
}

/** What an app in Teams shows of the one who offers it; undefined where it wasn't given. */
export interface Operator {
  readonly developer: string | undefined;
  readonly privacy: string | undefined;
  readonly terms: string | undefined;
  readonly version: string | undefined;
}

export type Packed =
  | {
      readonly packages: Readonly<Record<'customer' | 'agent', Uint8Array>>;
      readonly version: string;
      readonly cloud: string;
    }
  | { readonly problems: readonly string[] };

/** Reads documents of Microsoft's kind; see `src/outside/docs`. */
export interface DocsReader {
  readonly readDocument: (source: DocSource, settings: DocSettings) => DocRead;
  readonly uidIn: (text: string) => string | undefined;
}

/** What the commands need of the house; each part is built when it is asked for. */
export interface Office {
  /** Folder of the operator's own calendars, where there is one. */
  readonly calendarDir: string | undefined;
  /** Folder of the articles that `import-docs` made. */
  readonly articlesDir: string;
  /** The database; whoever asks for it closes it. */
  storage(): Promise<Storage>;
  /** Takes what was deleted out of the database's files, too. */
  scrub(): Promise<void>;
  /** Throws `BadUse` for a person who doesn't exist. */
  line(options: LineOptions): Promise<Line>;
  checks(): readonly Check[];
  docs(): Promise<DocsReader>;
  /** The app packages for Teams as zips, or everything that is missing or wrong, each by the name of its setting. */
  pack(operator: Operator): Promise<Packed>;
}
