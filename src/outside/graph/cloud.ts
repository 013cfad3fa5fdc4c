import type { Cloud } from '#src/intake/vouched.ts';

/**
 * Where each cloud signs in and answers: graph/deployments in Microsoft's documentation. For China it names
 * login.chinacloudapi.cn, which MSAL treats as another name of login.partner.microsoftonline.cn and calls that. A token of
 * one cloud is worth nothing in the other.
 */
export const CLOUD_ADDRESSES: Readonly<Record<Cloud, { readonly login: string; readonly graph: string }>> = {
  worldwide: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  china: { login: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
};

/** An app registration of a cloud, with application permissions. */
export interface GraphApp {
  readonly clientId: string;
  readonly secret: string;
}
