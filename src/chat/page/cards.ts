import type { Language } from '#knowledge/schema.ts';
import { fontOf, palettes, type Palette, type Theme } from './look.ts';
import type { Activity, AttachmentElement, AttachmentMiddleware, WebChat } from './webchat.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** How Adaptive Cards are drawn, so that they belong to the page in light and dark. */
export function cardHostConfig(theme: Theme, language: Language): Record<string, unknown> {
  const p = palettes[theme];
  return {
    fontFamily: fontOf(language),
    supportsInteractivity: true,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 28 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: p.border },
    containerStyles: containerStyles(p),
    actions: {
      maxActions: 20,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 8,
      spacing: 'medium',
      showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    },
    adaptiveCard: { allowCustomStyle: false },
    factSet: {
      spacing: 16,
      title: { weight: 'default', isSubtle: true, wrap: true, maxWidth: 140 },
      value: { weight: 'default', wrap: true },
    },
    textBlock: { headingLevel: 2 },
  };
}

const tone = (color: string) => ({ default: color, subtle: color });

function containerStyles(p: Palette): Record<string, unknown> {
  const foregroundColors = {
    default: { default: p.text, subtle: p.subtle },
    accent: tone(p.accent),
    good: tone(p.good),
    warning: tone(p.warning),
    attention: tone(p.attention),
    light: tone(p.subtle),
    dark: tone(p.text),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    default: style('#00000000'),
    emphasis: style(p.raised),
    accent: style(p.accentSoft),
    good: style(p.raised),
    warning: style(p.raised),
    attention: style(p.raised),
  };
}

/**
 * A card whose step was answered is shown disabled, with what was typed still in it. It counts as answered when the person
 * said something after it and the bot then went on to a step. The server refuses stale submits anyhow.
 */
export function answeredCards(webChat: WebChat): AttachmentMiddleware {
  const Card = ({ activity, element }: { activity: Activity; element: AttachmentElement }) => {
    const [activities] = webChat.hooks.useActivities();
    return { ...element, props: { ...element.props, disabled: isAnswered(activities, activity) } };
  };
  return () => (next) => (request) => {
    const element = next(request);
    const { activity, attachment } = request;
    if (!element || attachment.contentType !== ADAPTIVE_CARD || !isForm(attachment.content)) return element;
    return { ...element, type: Card, props: { activity, element } };
  };
}

export function isAnswered(activities: readonly Activity[], card: Activity): boolean {
  const after = activities.slice(activities.findIndex((activity) => activity.id === card.id) + 1);
  const said = after.findIndex((activity) => activity.from?.role === 'user' && activity.type === 'message');
  if (said < 0) return false;
  return after.slice(said).some((activity) => activity.from?.role === 'bot' && Boolean(activity.channelData?.step));
}

/** Links of an old card stay alive: only cards that send something and open nothing are ever disabled. */
function isForm(content: unknown): boolean {
  const text = JSON.stringify(content) ?? '';
  return text.includes('"Action.Submit"') && !text.includes('"Action.OpenUrl"');
}
