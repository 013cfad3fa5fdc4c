import { set } from './setting.ts';
import { publicUrl } from './values.ts';

/** What the bot needs to know of Teams itself. */
export const IN_TEAMS = {
  TEAMS_URL: set(publicUrl, 'Teams', 'Where links into Teams begin; 21Vianet has an address of its own', [
    'https://teams.microsoft.com',
    'https://teams.microsoftonline.cn',
  ]),
} as const;
