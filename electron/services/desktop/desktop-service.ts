import type { DesktopState, WindowKind, WindowRequest } from '../../shared/desktop.ts';

/**
 * The desktop as the window sees it: settings go to it, the work of the app is shown on it. Behind a door without a desktop
 * the state says `unavailable`, and nothing is ever asked of a window.
 */
export interface DesktopService {
  watch(signal: AbortSignal): AsyncIterable<DesktopState>;
  requests(window: WindowKind, signal: AbortSignal): AsyncIterable<WindowRequest>;
  close(): Promise<void>;
}
