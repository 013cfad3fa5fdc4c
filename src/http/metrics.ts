import { timingSafeEqual } from 'node:crypto';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Config } from '#src/config.ts';
import { Refusal, type Call, type Route } from './call.ts';
import { isLocalCaller } from './client.ts';

const OUTCOMES = ['done', 'failed', 'late'] as const;
export type TurnOutcome = (typeof OUTCOMES)[number];

/** Figures that are read only when somebody asks for them. */
export interface Readings {
  /** Inbound messages whose turn is not done. */
  readonly pending: () => number | Promise<number>;
  readonly jobs: () => { ready: number; dead: number } | Promise<{ ready: number; dead: number }>;
}

/** No metric carries an id, a name or a word of anybody: only counts by closed lists. */
export interface Metrics {
  readonly answered: (status: number, seconds: number) => void;
  readonly turn: (outcome: TurnOutcome, seconds: number) => void;
  /** Says where the gauges look; to be called once. */
  readonly watch: (readings: Readings) => void;
  /** `/metrics`, for this machine and for bearers of METRICS_TOKEN. */
  readonly routes: (config: Pick<Config, 'METRICS_TOKEN'>) => Route[];
}

const matches = (given: string, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
};

function mayRead(call: Call, token: string | undefined): boolean {
  if (token !== undefined && matches(call.headers.authorization ?? '', `Bearer ${token}`)) return true;
  return isLocalCaller(call.raw);
}

function readTo(registry: Registry, { pending, jobs }: Readings): void {
  const registers = [registry];
  const set = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  set('frontdesk_pending_turns', 'Messages that wait for their turn', pending);
  set('frontdesk_jobs', 'Jobs that wait for the outside', async () => (await jobs()).ready);
  set('frontdesk_dead_letters', 'Jobs that need a person', async () => (await jobs()).dead);
}

/** Our own few metrics beside those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'frontdesk_http_answer_seconds',
    help: 'HTTP answers by class of status',
    labelNames: ['class'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const turns = new Counter({ name: 'frontdesk_turns', help: 'Turns by outcome', labelNames: ['outcome'], registers });
  const durations = new Histogram({
    name: 'frontdesk_turn_seconds',
    help: 'From the start of a turn to its commit',
    buckets: [0.001, 0.002, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const byClass = [1, 2, 3, 4, 5].map((digit) => answers.labels(`${digit}xx`));
  const byOutcome = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, turns.labels(outcome)]));
  return {
    answered: (status, seconds) => byClass[Math.floor(status / 100) - 1]?.observe(seconds),
    turn: (outcome, seconds) => {
      byOutcome[outcome]?.inc();
      durations.observe(seconds);
    },
    watch: (readings) => readTo(registry, readings),
    routes: ({ METRICS_TOKEN }) => [
      {
        method: 'GET',
        path: '/metrics',
        handle: async (call) => {
          if (!mayRead(call, METRICS_TOKEN)) throw new Refusal(404, 'not-found', 'There is nothing at this address.');
          return { status: 200, headers: { 'Content-Type': registry.contentType }, text: await registry.metrics() };
        },
      },
    ],
  };
}
