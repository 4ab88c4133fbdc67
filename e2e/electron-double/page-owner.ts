import type Electron from 'electron';
import type { AppMessage } from './preload-link.ts';

/** What a page needs of the WebContents that stands for it. */
export type PageOwner = {
  readonly contents: Electron.WebContents;
  readonly emit: (event: string, ...args: readonly unknown[]) => void;
  /** The page is gone: the app closed it, or Playwright did. */
  readonly onClosed: () => void;
  readonly onMessage: (message: AppMessage) => void;
  /** The app's answer to a window that the page wants to open. */
  readonly windowOpenAction: (details: Electron.HandlerDetails) => 'allow' | 'deny';
};
