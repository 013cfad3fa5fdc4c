/**
 * What the pages use of Web Chat 4.18, which arrives as a classic script and sets `window.WebChat`. Its own types need
 * React's; these few lines are all that is called here.
 */
export interface Activity {
  readonly id?: string;
  readonly type: string;
  readonly text?: string;
  readonly timestamp?: string;
  readonly from?: { readonly role?: string };
  readonly channelData?: { readonly step?: string; readonly 'webchat:send-status'?: string };
}

/** botframework-directlinejs `ConnectionStatus`. */
export const STATUS = { connecting: 1, online: 2, expiredToken: 3, failedToConnect: 4, ended: 5 } as const;

export interface DirectLine {
  readonly connectionStatus$: {
    subscribe(observer: (status: number) => void): { unsubscribe(): void };
  };
  /** The token in use: directlinejs refreshes it every 15 minutes and tells nobody (directlinejs #9), so it is read here. */
  readonly token?: string;
  end(): void;
}

export interface StoreAction {
  readonly type: string;
  readonly payload?: unknown;
}
export interface Store {
  dispatch(action: StoreAction): void;
  getState(): { readonly sendBoxValue?: string; readonly activities?: readonly Activity[] };
}
export type StoreMiddleware = (
  store: Store,
) => (next: (action: StoreAction) => unknown) => (action: StoreAction) => unknown;

/** A React element, as plain data: Web Chat keeps its React to itself. */
export interface AttachmentElement {
  readonly type: unknown;
  readonly props: Readonly<Record<string, unknown>>;
}
export interface AttachmentRequest {
  readonly activity: Activity;
  readonly attachment: { readonly contentType: string; readonly content?: unknown };
}
type RenderAttachment = (request: AttachmentRequest) => AttachmentElement | false | undefined;
export type AttachmentMiddleware = () => (next: RenderAttachment) => RenderAttachment;

export interface WebChat {
  createDirectLine(options: {
    domain: string;
    token: string;
    conversationId?: string;
    watermark?: string;
    webSocket?: boolean;
  }): DirectLine;
  createStore(initialState: object, ...middleware: StoreMiddleware[]): Store;
  renderWebChat(props: Readonly<Record<string, unknown>>, element: HTMLElement): void;
  readonly hooks: { useActivities(): [readonly Activity[]] };
}

declare global {
  interface Window {
    readonly WebChat?: WebChat;
  }
}
