import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** A key with the system's command key: ⌘ on a Mac, Ctrl elsewhere. */
type Shortcut = 'n' | 'k' | ',' | '/';

const isApple = (operatingSystem: string | undefined): boolean =>
  operatingSystem === undefined ? navigator.userAgent.includes('Mac') : operatingSystem === 'darwin';

/** How the keys are written on this system and in this language: `⌘N`, `Ctrl+N`, `Strg+N`. */
export function useShortcutWords(operatingSystem: string | undefined): (key: Shortcut) => string {
  const { t } = useTranslation();
  return (key) =>
    isApple(operatingSystem) ? `⌘${key.toUpperCase()}` : `${t('shortcuts.control')}+${key.toUpperCase()}`;
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
