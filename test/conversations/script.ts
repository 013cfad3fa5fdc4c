import type { Language } from '#knowledge/schema.ts';
import type { Said } from './channel.ts';

type Texts = Readonly<Record<Language, string>>;

/** What a person does at a step: types a text of their language, presses a choice, or fills in the card. */
export type Act = { say: Texts } | { type: string } | { pick: string } | { fill: Record<string, string> };

/** "At this step, the person does this." */
export interface Turn {
  at: string;
  act: Act;
}

/** A conversation as a script: who, what is wrong, what they do where, and how it must end. */
export interface Script {
  name: string;
  as: string;
  opening: Texts;
  turns: readonly Turn[];
  end: {
    step: string;
    route?: string;
    severity?: string;
    /** The words that must be readable at the end, e.g. a phone number. */
    reads?: string | RegExp;
    /** Hours from filing to respondBy, where the sources promise a time around the clock. */
    respondWithinHours?: number;
  };
  /** Steps that must never be asked: the directory knows. */
  never: readonly string[];
  /** What must be readable somewhere on the way, e.g. the reason of a cap. */
  onTheWay?: Texts;
}

export interface Played {
  steps: string[];
  said: Said[];
}
