import type { Language } from '#knowledge/schema.ts';

/**
 * The looks of the chat: one palette per theme, in the manner of Fluent UI. Text pairs have at least 4.5:1 contrast; in
 * `contrast`, which Teams names for people who need it, 7:1, and edges are as bright as words.
 */
export type Theme = 'light' | 'dark' | 'contrast';

export interface Palette {
  readonly canvas: string;
  readonly surface: string;
  readonly raised: string;
  readonly border: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
}

const light: Palette = {
  canvas: '#f5f5f5',
  surface: '#ffffff',
  raised: '#f0f0f0',
  border: '#e0e0e0',
  text: '#242424',
  subtle: '#5c5c5c',
  accent: '#0f6cbd',
  onAccent: '#ffffff',
  accentSoft: '#dcebf9',
  good: '#0e700e',
  warning: '#8a4b00',
  attention: '#b10e1c',
};

const dark: Palette = {
  canvas: '#1b1b1b',
  surface: '#292929',
  raised: '#333333',
  border: '#4a4a4a',
  text: '#f5f5f5',
  subtle: '#bdbdbd',
  accent: '#62abf5',
  onAccent: '#0b1f33',
  accentSoft: '#123a5c',
  good: '#54b054',
  warning: '#f2b661',
  attention: '#f1898f',
};

const contrast: Palette = {
  canvas: '#000000',
  surface: '#000000',
  raised: '#1a1a1a',
  border: '#ffffff',
  text: '#ffffff',
  subtle: '#ffffff',
  accent: '#1aebff',
  onAccent: '#000000',
  accentSoft: '#00263a',
  good: '#3ff23f',
  warning: '#ffff00',
  attention: '#ffb3b3',
};

export const palettes: Readonly<Record<Theme, Palette>> = { light, dark, contrast };

const fonts: Readonly<Record<Language, string>> = {
  en: `'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif`,
  'zh-CN': `'Segoe UI', 'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif`,
  ja: `'Segoe UI', 'Yu Gothic UI', Meiryo, 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP', system-ui, sans-serif`,
};

export function fontOf(language: Language): string {
  return fonts[language];
}

/** Web Chat's styleOptions for a theme and language; sizes in pixels. */
export function styleOptions(theme: Theme, language: Language, accept: string): Record<string, unknown> {
  const p = palettes[theme];
  return {
    accent: p.accent,
    subtle: p.subtle,
    backgroundColor: p.canvas,
    primaryFont: fontOf(language),
    monospaceFont: `Consolas, 'Cascadia Mono', 'Noto Sans Mono', monospace`,
    paddingRegular: 12,
    rootHeight: '100%',
    ...bubbles(p),
    ...sendBox(p),
    ...suggestedActions(p),
    ...overlays(p),
    timestampColor: p.subtle,
    timestampFormat: 'absolute',
    markdownRenderHTML: false,
    uploadAccept: accept,
    uploadMultiple: true,
    maxMessageLength: 8000,
    cardEmphasisBackgroundColor: p.raised,
    cardPushButtonBackgroundColor: p.accentSoft,
    cardPushButtonTextColor: p.text,
  };
}

function bubbles(p: Palette): Record<string, unknown> {
  return {
    bubbleBackground: p.surface,
    bubbleBorderColor: p.border,
    bubbleBorderRadius: 8,
    bubbleTextColor: p.text,
    bubbleMinWidth: 40,
    bubbleMaxWidth: 560,
    bubbleFromUserBackground: p.accentSoft,
    bubbleFromUserBorderColor: p.accentSoft,
    bubbleFromUserBorderRadius: 8,
    bubbleFromUserTextColor: p.text,
  };
}

function sendBox(p: Palette): Record<string, unknown> {
  return {
    sendBoxBackground: p.surface,
    sendBoxTextColor: p.text,
    sendBoxPlaceholderColor: p.subtle,
    sendBoxBorderTop: `solid 1px ${p.border}`,
    sendBoxTextWrap: true,
    sendBoxHeight: 48,
    sendBoxMaxHeight: 160,
    sendBoxButtonColor: p.accent,
    sendBoxButtonColorOnDisabled: p.subtle,
    sendBoxButtonShadeColorOnHover: p.raised,
    sendBoxButtonShadeColorOnActive: p.raised,
    sendBoxButtonShadeColorOnDisabled: 'transparent',
    sendBoxButtonShadeBorderRadius: 6,
    sendBoxButtonShadeInset: 6,
    sendBoxButtonAlignment: 'bottom',
    sendBoxButtonKeyboardFocusIndicatorBorderColor: p.accent,
    sendBoxButtonKeyboardFocusIndicatorBorderRadius: 6,
    sendBoxButtonKeyboardFocusIndicatorBorderWidth: 2,
  };
}

function suggestedActions(p: Palette): Record<string, unknown> {
  return {
    suggestedActionLayout: 'flow',
    suggestedActionBackgroundColor: p.surface,
    suggestedActionBackgroundColorOnHover: p.accentSoft,
    suggestedActionBackgroundColorOnActive: p.accentSoft,
    suggestedActionBorderColor: p.accent,
    suggestedActionBorderRadius: 18,
    suggestedActionBorderWidth: 1,
    suggestedActionHeight: 36,
    suggestedActionTextColor: p.accent,
    suggestedActionKeyboardFocusIndicatorBorderColor: p.accent,
    suggestedActionKeyboardFocusIndicatorBorderRadius: 14,
    suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
    suggestedActionsVisualKeyboardIndicatorColor: p.accent,
  };
}

function overlays(p: Palette): Record<string, unknown> {
  return {
    transcriptVisualKeyboardIndicatorColor: p.accent,
    transcriptActivityVisualKeyboardIndicatorColor: p.accent,
    transcriptActivityVisualKeyboardIndicatorStyle: 'solid',
    transcriptOverlayButtonBackground: p.accent,
    transcriptOverlayButtonBackgroundOnFocus: p.accent,
    transcriptOverlayButtonBackgroundOnHover: p.accent,
    transcriptOverlayButtonColor: p.onAccent,
    transcriptOverlayButtonColorOnFocus: p.onAccent,
    transcriptOverlayButtonColorOnHover: p.onAccent,
    transcriptTerminatorBackgroundColor: p.raised,
    transcriptTerminatorColor: p.text,
    notificationText: p.subtle,
    failedConnectivity: p.attention,
    toastErrorBackgroundColor: p.surface,
    toastErrorColor: p.attention,
    toastWarnBackgroundColor: p.surface,
    toastWarnColor: p.warning,
    toastInfoBackgroundColor: p.surface,
    toastInfoColor: p.text,
    toastSuccessBackgroundColor: p.surface,
    toastSuccessColor: p.good,
    toastSeparatorColor: p.border,
  };
}
