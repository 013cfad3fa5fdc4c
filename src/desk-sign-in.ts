import type { Config } from './config.ts';
import type { SignInProvider } from './desk/ports.ts';
import { Authority } from './outside/entra/authority.ts';
import { placeOfIssuer } from './outside/entra/issuer.ts';
import { EntraSignIn } from './outside/entra/sign-in.ts';

/** Where agents sign in: Microsoft Entra ID where it is set, else nowhere. `failed` is told what the operator should know. */
export function deskSignIn(config: Config, clock: () => number, failed: (why: string) => void): SignInProvider | null {
  const { DESK_OIDC_ISSUER: issuer, DESK_OIDC_CLIENT_ID: clientId, DESK_OIDC_CLIENT_SECRET: clientSecret } = config;
  const place = issuer === undefined ? null : placeOfIssuer(issuer);
  if (!place || clientId === undefined || clientSecret === undefined) return null;
  const home = `${config.PUBLIC_URL ?? ''}/desk`;
  const authority = new Authority({ ...place, clock, failed });
  const redirectUri = `${home}/callback`;
  return new EntraSignIn({ authority, clientId, clientSecret, redirectUri, homeUri: home, clock, failed });
}
