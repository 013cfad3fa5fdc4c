import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import type { Language } from '#knowledge/schema.ts';
import { fontOf } from '#src/chat/page/look.ts';

/** `contrast`: as Teams names it; the system's own high contrast replaces the colours of every look (`forced-colors`). */
type Look = 'light' | 'dark' | 'contrast';

const THEMES: Readonly<Record<Look, Theme>> = {
  light: webLightTheme,
  dark: webDarkTheme,
  contrast: teamsHighContrastTheme,
};

const system = matchMedia('(prefers-color-scheme: dark)');

/** The look of that name (Teams' names too), else the system's. */
export function useTheme(parameter: string | null, language: Language): { look: Look; theme: Theme } {
  const isDark = useSyncExternalStore(
    (listener) => {
      system.addEventListener('change', listener);
      return () => system.removeEventListener('change', listener);
    },
    () => system.matches,
  );
  const look = fixedLook(parameter) ?? (isDark ? 'dark' : 'light');
  return { look, theme: { ...THEMES[look], fontFamilyBase: fontOf(language) } };
}

function fixedLook(parameter: string | null): Look | undefined {
  if (parameter === 'default' || parameter === 'light') return 'light';
  return parameter === 'dark' || parameter === 'contrast' ? parameter : undefined;
}
