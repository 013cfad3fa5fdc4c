import type { World } from './question.ts';

/**
 * A world in which nothing is looked up, for what the house says of its own accord: nobody is there who could wait for other
 * people's services, and what is known by now is what counts.
 */
export const NOTHING_NEW: World = {
  facts: () => {
    throw new Error('who it is is not looked up for what nobody asked');
  },
  incidents: () => [],
  requests: () => [],
  colleagues: () => [],
  record: () => null,
  queue: () => ({ waiting: 0, agentsOnDuty: 0, waitMinutes: null, opensAt: null }),
};
