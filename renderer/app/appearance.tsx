import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Settings } from '../../electron/shared/settings.ts';
import { createWords, errorWords, spokenLanguage } from '../../electron/shared/words.ts';
import { useAccess, useDescription, useSettings } from '../api/use-live.ts';
import { ErrorWordsContext } from '../lib/error-words.ts';

/** The settings; while the app is locked, the language and the look that they last had. */
function useLastSettings(): Pick<Settings, 'language' | 'theme'> | undefined {
  const settings = useSettings(useAccess()?.state === 'open');
  const [last, setLast] = useState<Pick<Settings, 'language' | 'theme'>>();
  if (settings === undefined) return last;
  const { language, theme } = settings;
  if (last?.language !== language || last.theme !== theme) setLast({ language, theme });
  return settings;
}

/** Gives the window its language, its theme and the marks of the system it runs on. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const settings = useLastSettings();
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
