import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { inOffering } from './offering-blocks.ts';
import { offeringIdSchema, type Article } from './schema.ts';

const hostsSchema = z.record(
  z.string(),
  z.strictObject({
    only: z.array(offeringIdSchema).min(1),
    why: z.string().min(1),
    hosts: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)).min(1),
  }),
);
export type Hosts = z.infer<typeof hostsSchema>;

/** `hosts.yaml`: which hosts belong to which cloud. Throws where the file can't be read. */
export function readHosts(dir: string): Hosts {
  return hostsSchema.parse(parse(readFileSync(join(dir, 'hosts.yaml'), 'utf8')));
}

/** No offering is told of another cloud's host: neither as a link nor by name. */
export function checkHosts(articles: readonly Article[], hosts: Hosts): Finding[] {
  return articles.flatMap((article) => {
    const file = `articles/${article.language}/${article.topic}.md`;
    return foreignHosts(article, hosts).map((problem) => ({ file, field: 'body', problem }));
  });
}

function foreignHosts(article: Article, hosts: Hosts): string[] {
  const problems = article.offerings.flatMap((offering) => {
    const named = namedIn(`${inOffering(article, offering)?.body ?? ''} ${article.sourceUrl ?? ''}`);
    return Object.entries(hosts)
      .filter(([, { only }]) => !only.includes(offering))
      .flatMap(([cloud, one]) =>
        named
          .filter((name) => one.hosts.some((host) => belongs(name, host)))
          .map((name) => `${name} belongs to the cloud ${cloud}, not to ${offering}`),
      );
  });
  return [...new Set(problems)];
}

function belongs(name: string, host: string): boolean {
  return name === host || name.endsWith(`.${host}`);
}

const HOST = /(?<![a-z0-9@._-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![a-z0-9])/g;

function namedIn(text: string): string[] {
  return text.toLowerCase().match(HOST) ?? [];
}
