/** Where an issuer signs people in, and whose tenant it is. */
export interface Place {
  readonly login: string;
  readonly tenant: string;
}

const ISSUER = /^(https?:\/\/[^/?#]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/v2\.0$/;

/**
 * `https://login.microsoftonline.com/<tenant id>/v2.0` in its parts; null for anything else. A domain or "common" is no
 * issuer: tokens name the tenant by its id, and "common" would let everybody's tenant in.
 */
export function placeOfIssuer(issuer: string): Place | null {
  const [, login, tenant] = ISSUER.exec(issuer) ?? [];
  return login === undefined || tenant === undefined ? null : { login, tenant };
}
