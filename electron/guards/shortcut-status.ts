import type { ShortcutState } from '../shared/desktop.ts';

/** What trying to register a shortcut came to. */
export type ShortcutTrial = {
  /** `threw`: Electron knows no such key. */
  readonly answer: 'registered' | 'not-registered' | 'threw';
  readonly isWayland: boolean;
  /** Whether the desktop offers to listen for keys (a portal of Wayland); null when nobody can tell. */
  readonly hasPortal: boolean | null;
};

/**
 * What a person is told. On Wayland a shortcut is only asked for: without a portal Electron's yes means nothing, and its no
 * is the desktop's rather than another program's.
 */
export function shortcutStatus({ answer, isWayland, hasPortal }: ShortcutTrial): ShortcutState['status'] {
  if (answer === 'threw') return 'invalid';
  if (isWayland && (hasPortal === false || answer === 'not-registered')) return 'refused';
  return answer === 'registered' ? 'registered' : 'taken';
}

/** Chromium's part that asks a Wayland desktop for shortcuts, and the one that asks for the keys that were chosen. */
const portalFeatures: readonly string[] = ['GlobalShortcutsPortal', 'GlobalShortcutsPortalPreferredTrigger'];

/**
 * Value of the switch `enable-features` with the portal's added; Chromium follows only the last such switch, so what was
 * there stays.
 *
 * @param given value of the switch so far; empty when there is none
 */
export function withPortalFeatures(given: string): string {
  const named = given.split(',').filter((feature) => feature !== '');
  return [...named, ...portalFeatures.filter((feature) => !named.includes(feature))].join(',');
}
