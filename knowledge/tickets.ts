import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checked } from './checked.ts';
import { readYaml } from './plain-yaml.ts';
import { azureSupportMapSchema, serviceNowMapSchema } from './ticket-maps.ts';
import type { AzureSupportMap, ServiceNowMap } from './ticket-maps.ts';
import { leavesOf, type Value } from './values.ts';

/** Reads and checks the words of a ticket system below `dir`. Throws with file and field where one is missing or wrong. */
export function readServiceNowMap(dir: string): ServiceNowMap {
  const path = join(dir, 'tickets', 'servicenow.yaml');
  return checked(serviceNowMapSchema, readYaml(readFileSync(path, 'utf8')), path);
}

export function readAzureSupportMap(dir: string): AzureSupportMap {
  const path = join(dir, 'tickets', 'azure-support.yaml');
  return checked(azureSupportMapSchema, readYaml(readFileSync(path, 'utf8')), path);
}

/** Every value of both, by file. */
export function ticketValues(dir: string): { file: string; value: Value }[] {
  return [
    ...leavesOf(readServiceNowMap(dir)).map((value) => ({ file: 'tickets/servicenow.yaml', value })),
    ...leavesOf(readAzureSupportMap(dir)).map((value) => ({ file: 'tickets/azure-support.yaml', value })),
  ];
}
