import type Electron from 'electron';

/** An address that leads nowhere: Chromium would fetch dictionaries from its maker otherwise. */
const noDictionaries = 'app://sotto/dictionaries/';

/**
 * Whether unknown words are underlined. Only macOS brings the dictionaries; elsewhere Chromium would have to fetch them, so there is
 * no spell-check. Nothing is fetched on any system.
 */
export function setSpelling(
  session: Pick<
    Electron.Session,
    'setSpellCheckerEnabled' | 'setSpellCheckerLanguages' | 'setSpellCheckerDictionaryDownloadURL'
  >,
  operatingSystem: NodeJS.Platform,
  isWanted: boolean,
): void {
  const hasOwnDictionaries = operatingSystem === 'darwin';
  if (!hasOwnDictionaries) {
    session.setSpellCheckerDictionaryDownloadURL(noDictionaries);
    session.setSpellCheckerLanguages([]);
  }
  session.setSpellCheckerEnabled(isWanted && hasOwnDictionaries);
}
