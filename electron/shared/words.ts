import { createInstance, type i18n, type TFunction } from 'i18next';
import deAccess from './locales/de/access.json' with { type: 'json' };
import deChat from './locales/de/chat.json' with { type: 'json' };
import deCloud from './locales/de/cloud.json' with { type: 'json' };
import deDesktop from './locales/de/desktop.json' with { type: 'json' };
import deTransfer from './locales/de/transfer.json' with { type: 'json' };
import deLibrary from './locales/de/library.json' with { type: 'json' };
import deModels from './locales/de/models.json' with { type: 'json' };
import deError from './locales/de/error.json' with { type: 'json' };
import deMenu from './locales/de/menu.json' with { type: 'json' };
import deQuickAsk from './locales/de/quick-ask.json' with { type: 'json' };
import deRemotes from './locales/de/remotes.json' with { type: 'json' };
import deTerminal from './locales/de/terminal.json' with { type: 'json' };
import deWindow from './locales/de/window.json' with { type: 'json' };
import enAccess from './locales/en/access.json' with { type: 'json' };
import enChat from './locales/en/chat.json' with { type: 'json' };
import enCloud from './locales/en/cloud.json' with { type: 'json' };
import enDesktop from './locales/en/desktop.json' with { type: 'json' };
import enTransfer from './locales/en/transfer.json' with { type: 'json' };
import enLibrary from './locales/en/library.json' with { type: 'json' };
import enModels from './locales/en/models.json' with { type: 'json' };
import enError from './locales/en/error.json' with { type: 'json' };
import enMenu from './locales/en/menu.json' with { type: 'json' };
import enQuickAsk from './locales/en/quick-ask.json' with { type: 'json' };
import enRemotes from './locales/en/remotes.json' with { type: 'json' };
import enTerminal from './locales/en/terminal.json' with { type: 'json' };
import enWindow from './locales/en/window.json' with { type: 'json' };
import type { AppErrorData } from './app-error.ts';
import { certificateFlawSchema } from './remote.ts';
import type { Language } from './settings.ts';

/** A language that the catalogue speaks. */
export type SpokenLanguage = Exclude<Language, 'system'>;

const catalogue = {
  en: {
    access: enAccess,
    chat: enChat,
    cloud: enCloud,
    desktop: enDesktop,
    transfer: enTransfer,
    library: enLibrary,
    models: enModels,
    quickAsk: enQuickAsk,
    remotes: enRemotes,
    window: enWindow,
    error: enError,
    terminal: enTerminal,
    menu: enMenu,
  },
  de: {
    access: deAccess,
    chat: deChat,
    cloud: deCloud,
    desktop: deDesktop,
    transfer: deTransfer,
    library: deLibrary,
    models: deModels,
    quickAsk: deQuickAsk,
    remotes: deRemotes,
    window: deWindow,
    error: deError,
    terminal: deTerminal,
    menu: deMenu,
  },
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'window';
    resources: {
      window: typeof enWindow;
      access: typeof enAccess;
      chat: typeof enChat;
      cloud: typeof enCloud;
      desktop: typeof enDesktop;
      transfer: typeof enTransfer;
      library: typeof enLibrary;
      models: typeof enModels;
      quickAsk: typeof enQuickAsk;
      remotes: typeof enRemotes;
      error: typeof enError;
      terminal: typeof enTerminal;
      menu: typeof enMenu;
    };
  }
}

/** Looks a sentence up by its typed key: `words.t('chat.send')`, `words.t('menu:file.title')`. */
export type Words = TFunction<readonly ['window', 'error', 'terminal', 'menu']>;

/**
 * The language to speak: the chosen one, else the first of the system's that the catalogue has, else English.
 *
 * @param systemLanguages BCP 47 tags in the order of preference, such as `navigator.languages`
 */
export function spokenLanguage(language: Language, systemLanguages: readonly string[]): SpokenLanguage {
  if (language !== 'system') return language;
  for (const tag of systemLanguages) {
    const primary = tag.toLowerCase().split(/[-_]/)[0];
    if (primary === 'en' || primary === 'de') return primary;
  }
  return 'en';
}

/** A byte count as people read it, in decimal units: `98 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = Math.min(units.length - 1, bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    maximumFractionDigits: power >= 3 || value < 9.95 ? 1 : 0,
  }).format(power === 0 ? bytes : value);
}

/**
 * The catalogue in one language, ready at once. Values are put in as they are: what shows them must take text, not
 * markup. A placeholder without a value becomes nothing.
 */
export function createWords(language: SpokenLanguage): i18n {
  const words = createInstance();
  void words.init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'de'],
    ns: ['window', 'access', 'chat', 'transfer', 'quickAsk', 'error', 'terminal', 'menu'],
    defaultNS: 'window',
    resources: catalogue,
    initAsync: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => '',
  });
  words.services.formatter?.add('bytes', (value) => (typeof value === 'number' ? formatBytes(value, language) : '?'));
  return words;
}

/** Pictures that are not read: another format of the same picture helps, text does not. */
const unreadPictures: ReadonlySet<string> = new Set([
  'TIFF',
  'TIF',
  'BigTIFF',
  'HEIC',
  'HEIF',
  'AVIF',
  'PSD',
  'DNG',
  'XCF',
]);

/** What is wrong with a certificate, and what helps against that. */
function certificateWords(t: TFunction<'error'>, details: unknown): { readonly flaw: string; readonly remedy: string } {
  const flaw = certificateFlawSchema.catch('other').parse(details);
  return { flaw: t(`standIn.flaw.${flaw}`), remedy: t(`standIn.remedy.${flaw}`) };
}

/**
 * What a person reads about an error: what happened, what was kept, what to do next. Details that an error may or may
 * not carry have a plain stand-in ("the file"), so no sentence has a hole.
 */
export function errorWords(words: i18n, error: Pick<AppErrorData, 'code' | 'details'>): string {
  const t = words.getFixedT(null, 'error');
  const name = typeof error.details['name'] === 'string' ? error.details['name'] : '';
  const quoted = name === '' ? '' : t('quoted', { name });
  const kind = typeof error.details['format'] === 'string' ? error.details['format'] : (name.split('.').at(-1) ?? '');
  const readable = t(unreadPictures.has(kind.toUpperCase()) ? 'standIn.readablePicture' : 'standIn.readable');
  const host = error.details['host'];
  const details = {
    host: t('standIn.host'),
    Host: host ?? t('standIn.Host'),
    modelName: t('standIn.modelName'),
    repository: t('standIn.repository'),
    what: t('standIn.what'),
    quantisations: t('standIn.quantisations'),
    ...error.details,
    ...certificateWords(t, error.details['flaw']),
    name: quoted || t('standIn.name'),
    Name: quoted || t('standIn.Name'),
    readable,
  };
  // The catalogue has one key per code, held by a test; its type cannot express the change of `/` to `.`.
  const sentence: (key: string, details: object) => string = words.getFixedT(null, 'error') as never;
  return sentence(error.code.replace('/', '.'), details);
}
