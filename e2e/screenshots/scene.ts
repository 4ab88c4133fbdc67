import type { Page } from '@playwright/test';
import type { AccessName } from './gallery-access.ts';
import type { GalleryState } from './gallery-services.ts';

/** One picture: a state of the app, a page of the window, and what is done before the picture is taken. */
export type Scene = {
  readonly name: string;
  readonly state: GalleryState;
  readonly path: string;
  /** Whether the kept chats are open; open and kept, when left out. */
  readonly access?: AccessName;
  readonly hasKeychain?: boolean;
  /** A page of a browser, when left out. */
  readonly door?: 'window';
  readonly act?: (page: Page) => Promise<void>;
};
