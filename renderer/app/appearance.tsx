import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createWords, errorWords, spokenLanguage } from '../../electron/shared/words.ts';
import { useDescription, useSettings } from '../api/use-live.ts';
import { ErrorWordsContext } from '../lib/error-words.ts';

/** Gives the window its language, its theme and the marks of the system it runs on. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const settings = useSettings();
  const description = useDescription();
  const language = spokenLanguage(settings?.language ?? 'system', navigator.languages);
  const words = useMemo(() => createWords(language), [language]);
  const wordsOfError = useMemo(() => errorWords.bind(null, words), [words]);
  const theme = settings?.theme ?? 'system';
  const door = description?.door ?? (window.sotto === undefined ? 'browser' : 'window');
  const system = description?.operatingSystem ?? '';
  useEffect(() => {
    const { documentElement: root } = document;
    root.lang = language;
    root.dataset['theme'] = theme;
    root.dataset['door'] = door;
    root.dataset['system'] = system;
  }, [language, theme, door, system]);
  return (
    <I18nextProvider i18n={words}>
      <ErrorWordsContext value={wordsOfError}>{children}</ErrorWordsContext>
    </I18nextProvider>
  );
}
