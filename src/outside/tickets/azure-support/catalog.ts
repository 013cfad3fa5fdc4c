import type { AzureSupportMap } from '#knowledge/ticket-maps.ts';
import { done, refused } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { namedIn } from './answer.ts';
import type { Named } from './answer.ts';
import type { Arm } from './arm.ts';

/** Ids are fetched, as Microsoft asks, and kept for a day. */
const KEPT_MS = 24 * 3_600_000;
const MOST_PAGES = 20;

export interface Place {
  readonly serviceId: string;
  readonly problemClassificationId: string;
}

/** The services that Azure gives support for, and the kinds of problems of each. */
export class Catalog {
  readonly #arm: Arm;
  readonly #map: AzureSupportMap;
  readonly #kept = new Map<string, { items: readonly Named[]; until: number }>();

  constructor(arm: Arm, map: AzureSupportMap) {
    this.#arm = arm;
    this.#map = map;
  }

  /** Where a request belongs: the service that its words name, and the kind of problem that fits most. */
  async placeOf(request: ServiceRequest): Promise<Delivery<Place>> {
    const services = await this.#list('/providers/Microsoft.Support/services');
    if (services.kind !== 'done') return services;
    const wanted = wantedServices(request, this.#map);
    const service = firstOf(wanted, services.value);
    if (!service) return refused('no-such-service');
    const problems = await this.#list(`${service.id}/problemClassifications`);
    if (problems.kind !== 'done') return problems;
    const names = this.#map.problem.map(({ value }) => value);
    const problem = firstOf(names, problems.value) ?? problems.value[0];
    if (!problem) return refused('no-such-problem');
    return done({ serviceId: service.id, problemClassificationId: problem.id });
  }

  async #list(path: string): Promise<Delivery<readonly Named[]>> {
    const kept = this.#kept.get(path);
    if (kept && this.#arm.now() < kept.until) return done(kept.items);
    const items: Named[] = [];
    let next: string | null = this.#arm.url(path);
    for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
      const asked = await this.#arm.read(next);
      const page = asked.kind === 'done' ? namedIn(asked.value.body) : asked;
      if (page.kind !== 'done') return page;
      items.push(...page.value.items);
      next = page.value.next;
    }
    this.#kept.set(path, { items, until: this.#arm.now() + KEPT_MS });
    return done(items);
  }
}

/** Names of services that would do, the most fitting first. */
function wantedServices({ category, description }: ServiceRequest, map: AzureSupportMap): string[] {
  const said = description.toLowerCase();
  const named = map.services
    .filter(({ words }) => words.some((word) => said.includes(word.toLowerCase())))
    .map(({ name }) => name.value);
  const { technical, billing, subscription } = map.service;
  if (category === 'billing') return [billing.value, subscription.value];
  return category === 'technical' || category === 'how-to'
    ? [...named, technical.value, subscription.value]
    : [subscription.value, billing.value];
}

function firstOf(names: readonly string[], items: readonly Named[]): Named | undefined {
  for (const name of names) {
    const found = items.find((item) => item.name.toLowerCase() === name.toLowerCase());
    if (found) return found;
  }
  return undefined;
}
