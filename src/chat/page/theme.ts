import type { Theme } from './look.ts';

/**
 * The theme of the page: a `theme` parameter (light, dark; Teams' names default and contrast too), else the person's
 * system. Sets `data-theme` on the root, and calls back at every change. High contrast is left to the browser
 * (`forced-colors`), which replaces all colours by the person's own.
 */
export function followTheme(parameter: string | null, listener: (theme: Theme) => void): Theme {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const fixed = fixedTheme(parameter);
  const theme = (): Theme => fixed ?? (system.matches ? 'dark' : 'light');
  const apply = () => (document.documentElement.dataset.theme = theme());
  apply();
  system.addEventListener('change', () => {
    apply();
    listener(theme());
  });
  return theme();
}

function fixedTheme(parameter: string | null): Theme | undefined {
  if (parameter === 'dark' || parameter === 'contrast') return 'dark';
  return parameter === 'light' || parameter === 'default' ? 'light' : undefined;
}
