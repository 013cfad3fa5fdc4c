import { sql } from 'kysely';
import type { IncidentLink, WaitingParty } from '#src/log/ports.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { IncidentLinksTable } from './tables.ts';

/** Who says "me too" a second time, because the incident came back, waits for its end anew. */
const link = new Query<Omit<IncidentLinksTable, 'told_at'>>(({ db }, at) =>
  db
    .insertInto('incident_links')
    .values({
      incident: at.incident,
      conversation: at.conversation,
      offering: at.offering,
      party: at.party,
      title: at.title,
      at: at.at,
      told_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['incident', 'conversation'])
        .doUpdateSet({ told_at: null, at: at.at })
        .where('incident_links.told_at', 'is not', null),
    ),
);

// The condition is that of the partial index, word for word: only then do both engines use it.
const parties = new Query<{ incident: string; offering: string; party: string; limit: number }, WaitingParty>(
  ({ db }, at) =>
    db
      .selectFrom('incident_links')
      .select(['incident', 'offering', 'party'])
      .where('told_at', 'is', null)
      .where(sql<boolean>`(incident, offering, party) > (${at.incident}, ${at.offering}, ${at.party})`)
      .groupBy(['incident', 'offering', 'party'])
      .orderBy('incident')
      .orderBy('offering')
      .orderBy('party')
      .limit(at.limit),
);

/** Before everybody. */
const FIRST = { incident: '', offering: '', party: '' } as const;

interface Place {
  incident: string;
  offering: IncidentLinksTable['offering'];
  party: string;
  limit: number;
}

const waiting = new Query<Place, IncidentLinksTable>(({ db }, at) =>
  db
    .selectFrom('incident_links')
    .selectAll()
    .where('told_at', 'is', null)
    .where('incident', '=', at.incident)
    .where('offering', '=', at.offering)
    .where('party', '=', at.party)
    .orderBy('conversation')
    .limit(at.limit),
);

const told = new Query<{ incident: string; conversation: string; toldAt: number }>(({ db }, at) =>
  db
    .updateTable('incident_links')
    .set({ told_at: at.toldAt })
    .where('incident', '=', at.incident)
    .where('conversation', '=', at.conversation)
    .where('told_at', 'is', null),
);

/** Who waits for the end of which incident. */
export class IncidentLinks {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async link(given: IncidentLink): Promise<boolean> {
    return (await link.write(this.#lane, { ...given })) === 1;
  }

  parties(limit: number, { incident, offering, party }: WaitingParty | typeof FIRST = FIRST): Promise<WaitingParty[]> {
    return parties.all(this.#lane, { incident, offering, party, limit });
  }

  async waiting({ incident, offering, party }: WaitingParty, limit: number): Promise<IncidentLink[]> {
    const rows = await waiting.all(this.#lane, { incident, offering, party, limit });
    return rows.map(({ told_at: _told, ...row }) => row);
  }

  async told(incident: string, conversation: string, at: number): Promise<boolean> {
    return (await told.write(this.#lane, { incident, conversation, toldAt: at })) === 1;
  }
}
