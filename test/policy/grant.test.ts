import { expect, test } from 'vitest';
import type { Category, OfferingId, Severity } from '#knowledge/schema.ts';
import { grantSeverity } from '#src/policy/grant.ts';
import type { Reason } from '#src/policy/reason.ts';
import { offering } from './place.ts';

type Row = [string, OfferingId, Category, boolean | null, Severity | '', Severity | '', Reason];

test.each<Row>([
  ['seed 000: A with the agreement, technical', 'o365-21vianet', 'technical', true, 'A', 'A', 'level-as-proposed'],
  ['seed 000: A only with the agreement', 'o365-21vianet', 'technical', false, 'A', 'B', 'capped-agreement-missing'],
  [
    'unknown counts as none until it is known',
    'o365-21vianet',
    'technical',
    null,
    'A',
    'B',
    'capped-agreement-unknown',
  ],
  ['seed 000: billing, the highest level is B', 'o365-21vianet', 'billing', true, 'A', 'B', 'capped-billing'],
  ['how-to never has level A', 'o365-21vianet', 'how-to', true, 'A', 'B', 'capped-how-to'],
  ['seed 000: A only for technical support', 'o365-21vianet', 'human', true, 'A', 'B', 'capped-technical-only'],
  ['below the cap nothing changes', 'o365-21vianet', 'billing', false, 'C', 'C', 'level-as-proposed'],
  ['seed 003: Premium online service agreement', 'azure-21vianet', 'technical', true, 'A', 'A', 'level-as-proposed'],
  ['seed 003: without it', 'azure-21vianet', 'technical', false, 'A', 'B', 'capped-agreement-missing'],
  ['azure billing: an assumption', 'azure-21vianet', 'billing', true, 'A', 'B', 'capped-billing'],
  ['worldwide: the level orders the queue', 'worldwide', 'technical', null, 'A', 'A', 'level-orders-queue'],
  ['worldwide billing', 'worldwide', 'billing', null, 'A', 'B', 'capped-billing'],
  [
    'Partner Center: the level orders the queue',
    'partner-center-21vianet',
    'partner-center',
    null,
    'A',
    'A',
    'level-orders-queue',
  ],
  ['no level is proposed', 'o365-21vianet', 'chitchat', true, '', '', 'no-level'],
])('%s', (...row) => {
  const [, id, category, agreement, proposed, severity, reason] = row;
  const grant = grantSeverity({ severity: proposed, category, agreement }, offering(id));
  expect(grant).toMatchObject({ severity, reason });
  expect(grant.cap).toBe(severity === proposed ? undefined : severity);
});
