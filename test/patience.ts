/**
 * A bound on time. On a machine of its own (the full run) it is the one that was promised; elsewhere, where other tests and other people
 * take what they like of the processor, only what is slow by its nature goes beyond it.
 */
export const within = (ms: number): number => (process.env['FRONTDESK_FULL'] === '1' ? ms : ms * 30);
