import type { Cloud } from '#src/intake/vouched.ts';

/** Azure Resource Manager and its sign-in. That the China cloud has the support interface is stated nowhere. */
export const AZURE_ADDRESSES: Readonly<Record<Cloud, { arm: string; login: string }>> = {
  worldwide: { arm: 'https://management.azure.com', login: 'https://login.microsoftonline.com' },
  china: { arm: 'https://management.chinacloudapi.cn', login: 'https://login.partner.microsoftonline.cn' },
};
