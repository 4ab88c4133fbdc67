import type { DesktopState, PasteOutcome, TakenText, WindowKind, WindowRequest } from '../shared/desktop.ts';
import type { ConversationId } from '../shared/ids.ts';

/** Long work that ended while nobody looked; `name` is what a person called it. */
export type FinishedWork = {
  readonly kind: 'summary' | 'indexing' | 'download';
  readonly name: string;
  readonly isFailed: boolean;
};

/** What a person is told of while they look at something else; `waiting`: an answer waits for them to decide what leaves. */
export type DesktopNews = FinishedWork | { readonly kind: 'waiting'; readonly conversationId: ConversationId };

/** How the dock, the taskbar and the tray look at the moment. */
export type DesktopActivity = {
  /** Name of the chat model; null when there is none. */
  readonly modelName: string | null;
  /** `locked`: the chats are closed. */
  readonly state: 'idle' | 'busy' | 'locked';
  readonly isOffline: boolean;
  readonly isIndexingPaused: boolean;
  /** 0 to 1 over all long work; `unknown` while its size is not known; null without any. */
  readonly progress: number | 'unknown' | null;
};

/** What a person asked of the tray, the dock or a notification. */
export type DesktopCommand = 'toggle-indexing-pause';

/** The native desktop around the windows: shortcut, tray, dock, notifications, the app in front. */
export interface Desktop {
  /** As it is now, then after each change, until the signal. */
  watch(signal: AbortSignal): AsyncIterable<DesktopState>;
  /** What is asked of windows of a kind, those that nobody has heard yet included, until the signal. */
  requests(window: WindowKind, signal: AbortSignal): AsyncIterable<WindowRequest>;
  /** Asks something of the main window, and shows it. */
  ask(request: WindowRequest): void;
  /** Null takes the shortcut away. What became of it is in the state; the one before stays when the new one is refused. */
  setShortcut(accelerator: string | null): Promise<void>;
  setStartsAtLogin(startsAtLogin: boolean): Promise<void>;
  /** Whether closing the last window leaves the app in the tray; without a tray it never does. */
  setClosesToTray(closesToTray: boolean): void;
  setLocksWithScreen(locksWithScreen: boolean): void;
  showActivity(activity: DesktopActivity): void;
  /** Tells of it where the system shows such things, and only while no window of the app is in front. */
  notify(news: DesktopNews): void;
  /** What was asked of the tray or the dock, until the signal. */
  commands(signal: AbortSignal): AsyncIterable<DesktopCommand>;
  /** Hides quick-ask and gives the focus back. */
  hideQuickAsk(): void;
  /** Height of what quick-ask shows, in pixels; the window grows with it up to what fits the display. */
  setQuickAskHeight(heightPixels: number): void;
  /** What is selected in the app in front, or what was copied. Quick-ask is hidden for a moment where it must. */
  takeText(from: 'selection' | 'clipboard'): Promise<TakenText>;
  /** Puts text where the cursor was in the app in front; the clipboard holds it afterwards. */
  paste(text: string): Promise<PasteOutcome>;
}
