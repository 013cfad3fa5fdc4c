/** node-nlp brings no types; this is what the comparison uses of it. */
declare module 'node-nlp' {
  export class NlpManager {
    constructor(settings: {
      languages: string[];
      forceNER?: boolean;
      autoSave?: boolean;
      nlu?: { log?: boolean; useNoneFeature?: boolean };
    });
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(language: string, text: string): Promise<{ intent: string }>;
  }
}
