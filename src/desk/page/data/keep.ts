/** What the browser keeps between visits; where storage is blocked, it lasts as long as the page. */
const fallback = new Map<string, string>();

export function kept(key: string, storage: 'local' | 'tab' = 'local'): string {
  try {
    return shelfOf(storage).getItem(key) ?? '';
  } catch {
    return fallback.get(key) ?? '';
  }
}

/** Keeps `value`; '' forgets it. */
export function keep(key: string, value: string, storage: 'local' | 'tab' = 'local'): void {
  try {
    if (value === '') shelfOf(storage).removeItem(key);
    else shelfOf(storage).setItem(key, value);
  } catch {
    fallback.set(key, value);
  }
}

const shelfOf = (storage: 'local' | 'tab'): Storage => (storage === 'local' ? localStorage : sessionStorage);
