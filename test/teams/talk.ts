import { randomUUID } from 'node:crypto';
import type { DeskRow } from '#src/desk/log-rows.ts';
import { pause, post, teamsActivity } from '../conversations/teams.ts';
import type { TeamsPerson } from '../conversations/teams.ts';
import type { DeskAgent } from '../desk/agent.ts';
import type { House } from '../house.ts';

type Part = Record<string, unknown>;

/** A person in a private chat of Teams, activity by activity: nothing is repeated or waited for unless the test says so. */
export class TeamsChat {
  readonly place: string;
  readonly person: TeamsPerson;

  constructor(serviceUrl: string, as = 'admin-direct') {
    this.place = `a:${randomUUID()}`;
    this.person = { as, conversation: this.place, locale: 'en-US', serviceUrl };
  }

  activity(part: Part): Part {
    return teamsActivity(this.person, part);
  }

  async send(house: House, activity: Part): Promise<number> {
    const answer = await post(house, activity);
    await answer.arrayBuffer();
    return answer.status;
  }

  say(house: House, text: string, id: string = randomUUID()): Promise<number> {
    return this.send(house, this.activity({ type: 'message', text, id }));
  }

  /** Asks for a person, and is accepted by that agent; returns the conversation's id at the desk. */
  async meet(house: House, agent: DeskAgent): Promise<string> {
    const before = new Set((await agent.queue()).map(({ conversation }) => conversation));
    if ((await this.say(house, 'agent')) !== 200) throw new Error('nobody heard who asked for a person');
    let id: string | undefined;
    for (let tries = 0; tries < 1_000 && id === undefined; tries += 1) {
      id = (await agent.queue()).find(({ conversation }) => !before.has(conversation))?.conversation;
      if (id === undefined) await pause(10);
    }
    if (id === undefined || (await agent.act(id, 'accept')) !== 200) throw new Error('who asked could not be accepted');
    return id;
  }
}

/** What was said at the desk by one side, without notes and events. */
export const saidBy = (log: readonly DeskRow[], role: 'agent' | 'user'): DeskRow[] =>
  log.filter((row) => row.role === role && !row.note && row.event === null);
