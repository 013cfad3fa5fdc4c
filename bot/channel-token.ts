import { decodeJwt, decodeProtectedHeader } from 'jose';

const ALGORITHMS = new Set(['RS256', 'RS384', 'RS512']);

/** The SDK's own tolerance. */
const CLOCKS_DIFFER_S = 300;

/**
 * Whether an Authorization header has the form that a channel's token has, before the SDK looks at it. The SDK lets a token
 * through that never expires; and one with a `tid` it takes for the Emulator's, for which any Entra tenant may sign, no
 * audience is checked, and each tenant that is named is remembered for ever.
 */
export function isChannelToken(authorization: string): boolean {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
  if (token === undefined) return false;
  try {
    const { alg, kid, crit } = decodeProtectedHeader(token);
    const { exp, iss, aud, ...more } = decodeJwt(token);
    const signed = ALGORITHMS.has(alg ?? '') && typeof kid === 'string' && crit === undefined;
    const named = typeof iss === 'string' && typeof aud === 'string';
    // Of an old token the SDK would write a page to the console, for whoever sends one.
    const lives = typeof exp === 'number' && exp > Date.now() / 1000 - CLOCKS_DIFFER_S;
    return signed && named && lives && typeof more['serviceurl'] === 'string' && !('tid' in more) && !isEntra(iss);
  } catch {
    return false;
  }
}

/** Issuers of people's and apps' tokens; a channel signs in its own name. */
function isEntra(issuer: string): boolean {
  return /^https:\/\/(sts\.|login\.)/.test(issuer);
}
