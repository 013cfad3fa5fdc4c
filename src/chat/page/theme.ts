import type { Theme } from './look.ts';

/**
 * The theme of the page: a `theme` parameter (light, dark, contrast; Teams' name default too), else the person's system.
 * Sets `data-theme` on the root, and calls back at every change. The system's own high contrast is left to the browser
 * (`forced-colors`), which replaces all colours by the person's.
 */
export function followTheme(parameter: string | null, listener: (theme: Theme) => void): Theme {
  return themeSwitch(parameter, listener).now();
}

/** As `followTheme`, for a page whose host may name another theme later. */
export interface ThemeSwitch {
  now(): Theme;
  /** The host's theme by name, in place of the parameter; for a name we don't know, the person's system decides. */
  take(name: string): void;
}

export function themeSwitch(parameter: string | null, listener: (theme: Theme) => void): ThemeSwitch {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let fixed = fixedTheme(parameter);
  const now = (): Theme => fixed ?? (system.matches ? 'dark' : 'light');
  const apply = () => (document.documentElement.dataset.theme = now());
  const change = () => {
    apply();
    listener(now());
  };
  apply();
  system.addEventListener('change', change);
  return {
    now,
    take(name) {
      fixed = fixedTheme(name);
      change();
    },
  };
}

function fixedTheme(parameter: string | null): Theme | undefined {
  if (parameter === 'dark' || parameter === 'contrast') return parameter;
  return parameter === 'light' || parameter === 'default' ? 'light' : undefined;
}
