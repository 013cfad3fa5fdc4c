import type { TeamsSignOn } from '#src/config.ts';
import { Refusal } from '#src/http/call.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import type { Identity } from './host-identity.ts';

/** Whom a token of Microsoft Entra ID names. */
export interface TeamsPerson {
  readonly oid: string;
  readonly tid: string;
  readonly name?: string | undefined;
}

/** Checks a token that Teams got for a tab; what is wrong with it is named. */
export type CheckToken = (
  token: string,
) => Promise<{ readonly ok: true; readonly claims: TeamsPerson } | { readonly ok: false; readonly why: string }>;

export interface TeamsIdentityOptions {
  /** null: nobody set single sign-on up. */
  readonly signOn: Pick<TeamsSignOn, 'cloud'> | null;
  readonly check: CheckToken;
  /** Told why a token was refused: mostly a registration that is not quite right. */
  readonly refused: (why: string) => void;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Who is there, by the single sign-on of a tab in Teams. A token that isn't good is refused; the person may still chat. */
export async function teamsIdentity(token: string, options: TeamsIdentityOptions): Promise<Identity> {
  const { signOn, check, refused, clock } = options;
  if (!signOn) throw new Refusal(401, 'sign-on-off', 'Single sign-on in Teams is not set up here.');
  const checked = await check(token);
  if (!checked.ok) {
    refused(checked.why);
    if (checked.why === 'unavailable')
      throw new Refusal(503, 'sign-on-keys', 'Microsoft Entra ID cannot be asked now.', { 'Retry-After': '5' });
    throw new Refusal(401, 'sign-on-refused', `This token is not good here: ${checked.why}.`);
  }
  const { claims } = checked;
  const vouched = vouchedOf(claims, signOn.cloud, clock());
  return { vouched, person: `msteams:${claims.tid}:${claims.oid}`, origin: null, page: null };
}

/** The token proves who it is; what they may do is Microsoft Graph's to say, or theirs. */
function vouchedOf({ oid, tid, name }: TeamsPerson, cloud: Vouched['cloud'], at: number): Vouched {
  return {
    at,
    host: 'teams',
    cloud,
    tenant: tid,
    subject: oid,
    objectId: oid,
    offering: null,
    roles: null,
    reseller: null,
    purchase: null,
    agreement: null,
    name: name?.slice(0, 200) || null,
    email: null,
    phone: null,
    language: null,
    timeZone: null,
    country: null,
  };
}
