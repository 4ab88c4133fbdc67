import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** A key with the system's command key: ⌘ on a Mac, Ctrl elsewhere. */
export type Shortcut = 'f' | 'n' | 'k' | ',' | '/' | 'shift+l';

/** Keys that the desktop's menu has for itself; the window only tells of them. */
type MenuShortcut = 'o' | '1' | '5';

const isApple = (operatingSystem: string | undefined): boolean =>
  operatingSystem === undefined ? navigator.userAgent.includes('Mac') : operatingSystem === 'darwin';

const withShift = 'shift+';

/** How the keys are written on this system and in this language: `⌘N`, `Ctrl+N`, `Strg+Umschalt+L`. */
export function useShortcutWords(operatingSystem: string | undefined): (shortcut: Shortcut | MenuShortcut) => string {
  const { t } = useTranslation();
  return (shortcut) => {
    const hasShift = shortcut.startsWith(withShift);
    const key = shortcut.replace(withShift, '').toUpperCase();
    if (isApple(operatingSystem)) return `${hasShift ? '⇧' : ''}⌘${key}`;
    return [t('shortcuts.control'), ...(hasShift ? [t('shortcuts.shift')] : []), key].join('+');
  };
}

const calledEvent = 'sotto-shortcut';

/** Does what the shortcut does, for a menu that has taken its keys; false when nobody listens to it now. */
export function callShortcut(shortcut: Shortcut): boolean {
  return !window.dispatchEvent(new CustomEvent(calledEvent, { detail: shortcut, cancelable: true }));
}

/** Calls back when the shortcut is pressed anywhere in the window. */
export function useShortcut(shortcut: Shortcut, onPress: () => void): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    const needsShift = shortcut.startsWith(withShift);
    const key = shortcut.replace(withShift, '');
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      // On some keyboards the slash itself needs the shift key.
      if (event.shiftKey !== needsShift && key !== '/') return;
      event.preventDefault();
      press();
    };
    const onCalled = (event: Event): void => {
      if (!(event instanceof CustomEvent) || event.detail !== shortcut) return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener(calledEvent, onCalled);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener(calledEvent, onCalled);
    };
  }, [shortcut]);
}
