import { useEffect, useEffectEvent } from 'react';

/** A key with the system's command key: ⌘ on a Mac, Ctrl elsewhere. */
export type Shortcut = 'n' | 'k' | ',' | '/';

export const isApple = (operatingSystem: string | undefined): boolean =>
  operatingSystem === undefined ? navigator.userAgent.includes('Mac') : operatingSystem === 'darwin';

/** How the keys are written on this system: `⌘N`, `Ctrl+N`. */
export function shortcutWords(key: string, operatingSystem: string | undefined): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return isApple(operatingSystem) ? `⌘${name}` : `Ctrl+${name}`;
}

/** Calls back when the shortcut is pressed anywhere in the window. */
export function useShortcut(key: Shortcut, onPress: () => void): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key]);
}
