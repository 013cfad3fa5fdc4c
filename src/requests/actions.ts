import type { ServiceRequest } from './request.ts';

/** What somebody may do with a request that was filed. */
export const ACTIONS = ['add', 'raise', 'withdraw', 'reopen', 'history', 'receipt'] as const;
export type Action = (typeof ACTIONS)[number];

const DAY_MS = 24 * 60 * 60_000;

/** Who asks: the one who filed it, or an admin of the same organization. */
export type Standing = 'own' | 'colleague';

type Asked = Pick<ServiceRequest, 'state' | 'severity' | 'closedAt'>;

/**
 * The actions open to somebody now. Withdrawing, raising and reopening are the filer's alone: it is their contact that the agents
 * work with. A colleague's receipt and history would tell what only its owner may know.
 */
export function actionsOn(request: Asked, who: Standing, at: { now: number; reopenDays: number }): Action[] {
  const isOpen = request.state === 'open';
  if (who === 'colleague') return isOpen ? ['add'] : [];
  if (!isOpen) return [...(mayReopen(request, at) ? (['reopen'] as const) : []), 'history', 'receipt'];
  return ['add', ...(request.severity === 'A' ? [] : (['raise'] as const)), 'withdraw', 'history', 'receipt'];
}

/** Up to the last instant of the last day; a request of before closings were dated can be reopened by nobody but an agent. */
export function mayReopen(
  { state, closedAt }: Asked,
  { now, reopenDays }: { now: number; reopenDays: number },
): boolean {
  return state !== 'open' && typeof closedAt === 'number' && now - closedAt <= reopenDays * DAY_MS;
}
