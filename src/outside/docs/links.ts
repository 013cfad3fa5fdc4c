import type { OfferingId } from '#knowledge/schema.ts';
import { folderOf, resolvePath } from './includes.ts';
import type { DocSettings } from './types.ts';

/** Where addresses that begin with `/` lead when no base is given: the site of Microsoft's documentation. */
const SITE: Readonly<Record<OfferingId, string>> = {
  worldwide: 'https://learn.microsoft.com',
  'o365-21vianet': 'https://learn.microsoft.com',
  'azure-21vianet': 'https://docs.azure.cn',
  'partner-center-21vianet': 'https://learn.microsoft.com',
};

export type LinkSettings = Pick<DocSettings, 'base' | 'offering' | 'uids'>;

/** The address of a document: its own, else below the base; undefined where neither is known. */
export function documentUrl(path: string, { base }: Pick<LinkSettings, 'base'>, own?: string): string | undefined {
  if (own !== undefined && isSafe(own)) return own;
  if (base === undefined) return undefined;
  const page = path.replace(/\.md$/i, '').replace(/(^|\/)index$/i, '$1');
  const url = `${base.replace(/\/?$/, '/')}${page.split('/').map(encodeURIComponent).join('/')}`;
  return isSafe(url) ? url : undefined;
}

/**
 * Where a link leads, as a whole address of a kind that every channel may follow (https, mailto, tel); or why it can't be kept.
 */
export function absolute(
  target: string,
  path: string,
  settings: LinkSettings,
  own: string | undefined,
): { url: string } | { reason: string } {
  if (target === '') return { reason: 'it leads nowhere' };
  if (target.startsWith('#'))
    return safe(own && `${own.replace(/#.*$/, '')}${target}`, 'where the document stands is not known');
  if (/^xref:/i.test(target)) return byUid(target, settings);
  if (target.startsWith('//')) return safe(`https:${target}`, 'not an address');
  if (target.startsWith('/')) return safe(under(target, settings.base ?? SITE[settings.offering]), 'not an address');
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return safe(target, 'only https, mailto and tel are followed');
  const [, file = '', rest = ''] = /^([^#?]*)(.*)$/s.exec(target) ?? [];
  const place = resolvePath(file.startsWith('~/') ? '' : folderOf(path), decoded(file.replace(/^~\//, '')));
  // Above the folder there are other documents of the same site.
  const url = place === undefined ? under(target, own) : documentUrl(place, settings);
  return safe(
    url && `${url.replace(/\.md(?=[#?]|$)/i, '')}${place === undefined ? '' : rest}`,
    'where the document stands is not known',
  );
}

function byUid(target: string, settings: LinkSettings): { url: string } | { reason: string } {
  const [uid = ''] = target.replace(/^xref:/i, '').split(/[?#]/);
  const path = settings.uids.get(decoded(uid));
  const url = path === undefined ? undefined : documentUrl(path, settings);
  return url === undefined ? { reason: `nothing here has the uid ${uid}` } : { url };
}

function under(target: string, base: string | undefined): string | undefined {
  return base !== undefined && URL.canParse(target, base) ? new URL(target, base).href : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function safe(url: string | undefined, reason: string): { url: string } | { reason: string } {
  return url !== undefined && isSafe(url) ? { url } : { reason };
}

/** Characters that end a link in Markdown, or an address in a line of plain text. */
const UNSAFE = /[\s<>"'`\\{}|^\p{Cc}]/u;

export function isSafe(url: string): boolean {
  if (/^mailto:[^\s@?]+@[^\s@?]+$/i.test(url)) return true;
  if (/^tel:\+?[\d()-]+$/i.test(url)) return true;
  return /^https:\/\/[^/]/i.test(url) && !UNSAFE.test(url) && URL.canParse(url) && new URL(url).username === '';
}
