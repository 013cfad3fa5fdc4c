import { z } from 'zod';
import type { DeskRoute } from './route.ts';

const errorSchema = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) });

const JSON_TYPE = 'application/json';
const content = (schema: z.ZodType) => ({ [JSON_TYPE]: { schema: z.toJSONSchema(schema, { io: 'input' }) } });
const refused = (description: string) => ({ description, content: content(errorSchema) });

/** Describes the routes of the table, so that the description can't differ from what is served (OpenAPI 3.1). */
export function openapiOf(routes: readonly DeskRoute[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Frontdesk: agent desk', version: '1' },
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'frontdesk-desk',
          description: 'Set by /desk/callback; in local mode by POST /desk/session, too.',
        },
      },
    },
  };
}

function operation(route: DeskRoute): Record<string, unknown> {
  const { summary, status, answer, body, access } = route;
  const needsMore = access === 'supervisor' || access === 'admin';
  return {
    summary,
    parameters: parametersOf(route),
    ...(body && { requestBody: { required: true, content: content(body) } }),
    responses: {
      [status]: { description: 'Done.', ...(answer && { content: content(answer) }) },
      ...(access !== 'anybody' && { 401: refused('Not signed in.') }),
      ...((route.method !== 'GET' || needsMore) && { 403: refused('Not from the page of this desk, or not allowed.') }),
      ...(route.path.includes(':') && { 404: refused('There is nothing of that name.') }),
      ...((body || route.query) && { 400: refused('Not well formed.') }),
    },
    security: access === 'anybody' ? [] : [{ session: [] }],
  };
}

function parametersOf({ path, query = {}, method }: DeskRoute): Record<string, unknown>[] {
  const text = { type: 'string' };
  const own = { name: 'x-frontdesk', in: 'header', required: true, schema: { const: '1' } };
  return [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: text })),
    ...Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: text })),
    ...(method === 'GET' ? [] : [own]),
  ];
}
