/** Keeps things that must not lie about in clear, under the signing key; `house` brings the one that there is. */
export interface Seal {
  /** The value as text that tells nothing; it can be opened as long as its key is among the signing keys. */
  close(value: unknown): string;
  /** What was closed. Throws where the key is gone, or a letter of it was changed. */
  open(sealed: string): unknown;
  /** Keyed, so that a short secret such as six digits can't be guessed from what is kept. `purpose` keeps uses apart. */
  digest(purpose: string, text: string): string;
}
