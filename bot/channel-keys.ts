import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { within } from './deadline.ts';

/** So long after they were last known to be good, keys are still believed while nobody can be asked: a long weekend. */
const KEPT_MS = 3 * 24 * 60 * 60_000;
/** Who couldn't be asked is asked again after that about a known key, not by everybody who knocks. */
const AGAIN_MS = 60_000;
/** The SDK asks for ever. Sooner than the door gives up: a known key is believed also where the answer never comes. */
const ASK_WITHIN_MS = 4_000;

type Keys = JwtTokenExtractor['openIdMetadata'];
interface Kept {
  readonly key: Awaited<ReturnType<Keys['getKey']>>;
  readonly at: number;
}

/**
 * The SDK asks for the channel's keys again after a day, and where they can't be had then it refuses the channel until they
 * can. Here known keys go on being believed meanwhile; unknown ones never are. The SDK has one set of keys for an address.
 */
export function keepKeys(metadataUrl: string, withinMs = ASK_WITHIN_MS): void {
  const { openIdMetadata: keys } = new JwtTokenExtractor({}, metadataUrl, ['RS256']);
  const ask = keys.getKey.bind(keys);
  const known = new Map<string, Kept>();
  let failedAt = -Infinity;
  keys.getKey = async (id) => {
    const kept = known.get(id);
    const isGood = kept !== undefined && Date.now() - kept.at < KEPT_MS;
    if (isGood && Date.now() - failedAt < AGAIN_MS) return kept.key;
    try {
      const key = await within(withinMs, ask(id));
      if (key) known.set(id, { key, at: Date.now() });
      else known.delete(id);
      return key;
    } catch (error) {
      failedAt = Date.now();
      if (isGood) return kept.key;
      throw error;
    }
  };
}
