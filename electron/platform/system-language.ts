const localeNames = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** `de_AT.UTF-8@euro` as `de-AT`; null for the languageless `C` and `POSIX`, and for what is no locale. */
function languageTag(locale: string): string | null {
  const name = locale
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-')
    .replace(/-u-.*$/, '');
  if (name === '' || name === 'C' || name === 'POSIX') return null;
  try {
    return new Intl.Locale(name).baseName;
  } catch {
    return null;
  }
}

/**
 * BCP 47 tag of the language that the user's programs speak: the first of LC_ALL, LC_MESSAGES and LANG that is set (POSIX
 * order), else what the operating system tells the runtime.
 *
 * @param runtimeLocale default locale of the runtime, such as `en-US-u-va-posix`
 */
export function systemLanguage(
  environment: Readonly<Record<string, string | undefined>>,
  runtimeLocale: string = Intl.DateTimeFormat().resolvedOptions().locale,
): string {
  const name = localeNames.find((candidate) => environment[candidate]);
  const chosen = name ? languageTag(environment[name] ?? '') : null;
  return chosen ?? languageTag(runtimeLocale) ?? 'en';
}
