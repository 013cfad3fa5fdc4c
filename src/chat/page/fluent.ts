import {
  accentBaseColor,
  baseLayerLuminance,
  bodyFont,
  controlCornerRadius,
  fluentButton,
  fluentOption,
  fluentSelect,
  fluentTab,
  fluentTabPanel,
  fluentTabs,
  provideFluentDesignSystem,
  StandardLuminance,
  SwatchRGB,
} from '@fluentui/web-components';
import type { Language } from '#knowledge/schema.ts';
import { fontOf, type Theme } from './look.ts';

/** The Fluent UI controls that the demo and desk pages use. */
export function registerControls(): void {
  provideFluentDesignSystem().register(
    fluentButton(),
    fluentOption(),
    fluentSelect(),
    fluentTab(),
    fluentTabPanel(),
    fluentTabs(),
  );
}

/** Tells Fluent's design tokens the page's theme and font. The accent is the palette's #0f6cbd. */
export function dressControls(theme: Theme, language: Language): void {
  const root = document.documentElement;
  baseLayerLuminance.setValueFor(root, theme === 'light' ? StandardLuminance.LightMode : StandardLuminance.DarkMode);
  accentBaseColor.setValueFor(root, SwatchRGB.create(0x0f / 255, 0x6c / 255, 0xbd / 255));
  controlCornerRadius.setValueFor(root, 6);
  bodyFont.setValueFor(root, fontOf(language));
  root.style.setProperty('--font', fontOf(language));
}
