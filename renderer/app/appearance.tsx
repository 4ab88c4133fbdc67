import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Look } from '../../electron/shared/settings.ts';
import { createWords, errorWords, spokenLanguage } from '../../electron/shared/words.ts';
import { useAccess, useDescription, useLook, useSettings } from '../api/use-live.ts';
import { ErrorWordsContext } from '../lib/error-words.ts';

/** Language and theme from the settings; while the app is locked, as they last were, in this window or before it. */
function useLastLook(): Look | undefined {
  const settings = useSettings(useAccess()?.state === 'open');
  const early = useLook();
  const [last, setLast] = useState<Look>();
  if (settings === undefined) return last ?? early;
  const { language, theme } = settings;
  if (last?.language !== language || last.theme !== theme) setLast({ language, theme });
  return settings;
}

/** Gives the window its language, its theme and the marks of the system it runs on. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const look = useLastLook();
  const description = useDescription();
  const language = spokenLanguage(look?.language ?? 'system', navigator.languages);
  const words = useMemo(() => createWords(language), [language]);
  const wordsOfError = useMemo(() => errorWords.bind(null, words), [words]);
  const theme = look?.theme ?? 'system';
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
