import type { Route } from '#src/http/call.ts';

/** Somebody whom one may be in local mode, as the demo admin center lists them. */
export interface SamplePerson {
  readonly id: string;
  readonly offering: string;
  /** Name and role. */
  readonly person: string;
  readonly language: string;
}

/** `GET /chat/people`: the sample people. Local mode only: production does not mount it. */
export function peopleRoute(people: readonly SamplePerson[]): Route {
  return { method: 'GET', path: '/chat/people', handle: () => ({ status: 200, json: people }) };
}
