import { describe, expect, it } from 'vitest';
import { blockFaults, inOffering, textOfAll, textsByOffering } from '#knowledge/offering-blocks.ts';
import { article } from './place.ts';

const BODY = `Before.

::: offering worldwide
Use the portal.
:::
::: offering o365-21vianet
Use the other portal.
:::

1. One
::: offering o365-21vianet
2. Only there
:::`;

const BOTH = ['worldwide', 'o365-21vianet'] as const;

describe('blocks of one offering', () => {
  it('are shown there and nowhere else; the rest is for all', () => {
    expect(textsByOffering(BODY, BOTH)).toEqual({
      worldwide: 'Before.\n\nUse the portal.\n\n1. One',
      'o365-21vianet': 'Before.\n\nUse the other portal.\n\n1. One\n2. Only there',
    });
    expect(textOfAll(BODY)).toBe('Before.\n\nUse the portal.\nUse the other portal.\n\n1. One\n2. Only there');
  });

  it('may be of several offerings', () => {
    const body = '::: offering worldwide, o365-21vianet\nA\n:::\nB';
    expect(textsByOffering(body, BOTH)).toEqual({ worldwide: 'A\nB', 'o365-21vianet': 'A\nB' });
  });

  it('cost nothing where there are none', () => {
    expect(textsByOffering('Plain.', BOTH)).toBeUndefined();
    expect(textOfAll('Plain.')).toBe('Plain.');
  });

  it('give an article its text of the offering, and none where it does not belong', () => {
    const one = article({ topic: 'ts.a', offerings: [...BOTH], body: 'both', bodies: { worldwide: 'W' } });
    expect(inOffering(one, 'worldwide')?.body).toBe('W');
    expect(inOffering(one, 'o365-21vianet')?.body).toBe('both');
    expect(inOffering(one, 'azure-21vianet')).toBeUndefined();
  });

  it.each([
    ['::: offering worldwide\nA', 'never ends'],
    ['A\n:::', 'never begun'],
    ['::: offering worldwide\n::: offering o365-21vianet\n:::', 'inside a block'],
    ['::: offering azure-21vianet\n:::', "doesn't belong"],
    ['::: offering moon\n:::', 'no offering moon'],
    ['::: offering \n:::', 'names no offering'],
    ['::: moniker range="x"\n:::', 'not understood'],
  ])('%j is a fault: %s', (body, problem) => {
    expect(blockFaults(body, BOTH).join('\n')).toContain(problem);
  });

  it('has no fault where blocks are well', () => {
    expect(blockFaults(BODY, BOTH)).toEqual([]);
  });
});
