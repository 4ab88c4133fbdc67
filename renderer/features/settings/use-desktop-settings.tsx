import { useTranslation } from 'react-i18next';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import type { AppDescription } from '../../../electron/shared/app-status.ts';
import type { DesktopState } from '../../../electron/shared/desktop.ts';
import { useDesktop } from '../../api/use-desktop.ts';
import { useDescription } from '../../api/use-live.ts';
import { OnOff } from '../../ui/on-off.tsx';
import { wayBack } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';
import { ShortcutField } from './shortcut-field.tsx';
import { useAcceleratorWords } from './use-accelerator-words.ts';

const defaults = settingsSchema.parse({});

type SwitchName = 'startsAtLogin' | 'closesToTray' | 'notifiesWhenDone' | 'checksSpelling' | 'locksWithScreen';

/** A setting as a switch; `detail` says too why it cannot be turned where it cannot. */
function useSwitches({ settings, onChange }: SettingsAccess) {
  const { t } = useTranslation();
  return (
    name: SwitchName,
    words: Pick<Setting, 'section' | 'title' | 'detail' | 'keywords'>,
    isDisabled: boolean,
  ): Setting => ({
    id: name,
    ...words,
    usual: t(`settings.switch.${defaults[name] ? 'on' : 'off'}`),
    ...(isDisabled ? {} : wayBack({ settings, onChange }, defaults, name)),
    control: (
      <OnOff
        label={words.title}
        isOn={settings[name]}
        isDisabled={isDisabled}
        onChange={(isOn) => onChange({ [name]: isOn })}
      />
    ),
  });
}

/** What the desktop does around the windows: start, tray, notifications, spelling. */
export function useDesktopSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation('desktop');
  const state = useDesktop();
  const description = useDescription();
  const toggle = useSwitches(access);
  const isHere = description?.door !== 'browser';
  const login = loginNote(access.settings.startsAtLogin, state);
  const spelling = spellingNote(description);
  return [
    toggle(
      'startsAtLogin',
      {
        section: 'general',
        title: t('settings.startsAtLogin'),
        detail: isHere ? t(`settings.${login}`) : t('settings.only'),
        keywords: t('settings.startsAtLoginWords'),
      },
      !isHere || login === 'startsAtLoginUnknown',
    ),
    toggle(
      'closesToTray',
      {
        section: 'general',
        title: t('settings.closesToTray'),
        detail: isHere
          ? t(state?.hasTray === false ? 'settings.closesToTrayNone' : 'settings.closesToTrayText')
          : t('settings.only'),
        keywords: t('settings.closesToTrayWords'),
      },
      !isHere || state?.hasTray === false,
    ),
    toggle(
      'notifiesWhenDone',
      {
        section: 'general',
        title: t('settings.notifies'),
        detail: isHere
          ? t(state?.canNotify === false ? 'settings.notifiesNone' : 'settings.notifiesText')
          : t('settings.only'),
        keywords: t('settings.notifiesWords'),
      },
      !isHere || state?.canNotify === false,
    ),
    toggle(
      'checksSpelling',
      {
        section: 'general',
        title: t('settings.spelling'),
        detail: t(`settings.${spelling}`),
        keywords: t('settings.spellingWords'),
      },
      spelling === 'spellingNone',
    ),
  ];
}

/** The lock that follows the screen's. */
export function useScreenLockSetting(access: SettingsAccess): Setting {
  const { t } = useTranslation('desktop');
  const isHere = useDescription()?.door !== 'browser';
  const words = {
    section: 'privacy',
    title: t('settings.locksWithScreen'),
    detail: isHere ? t('settings.locksWithScreenText') : t('settings.only'),
    keywords: t('settings.locksWithScreenWords'),
  } as const;
  return useSwitches(access)('locksWithScreen', words, !isHere);
}

/** The keys that work in every program. */
export function useShortcutSetting(access: SettingsAccess): Setting {
  const { t } = useTranslation('desktop');
  const state = useDesktop()?.shortcut;
  const operatingSystem = useDescription()?.operatingSystem ?? '';
  const words = useAcceleratorWords(operatingSystem);
  const { settings, onChange } = access;
  return {
    id: 'quick-ask-shortcut',
    section: 'shortcuts',
    title: t('settings.shortcut'),
    detail: t('settings.shortcutText'),
    keywords: t('settings.shortcutWords'),
    usual: words(defaults.quickAskShortcut ?? '').join('+'),
    ...(state?.status === 'unavailable' ? {} : wayBack(access, defaults, 'quickAskShortcut')),
    isWide: true,
    control: (
      <ShortcutField
        value={settings.quickAskShortcut}
        state={state}
        operatingSystem={operatingSystem}
        onChange={(quickAskShortcut) => onChange({ quickAskShortcut })}
      />
    ),
  };
}

/** The system may have decided otherwise, in its own settings. */
function loginNote(
  isWanted: boolean,
  state: DesktopState | undefined,
): 'startsAtLoginText' | 'startsAtLoginUnknown' | 'startsAtLoginRefused' {
  if (state?.startsAtLogin === null) return 'startsAtLoginUnknown';
  return state === undefined || state.startsAtLogin === isWanted ? 'startsAtLoginText' : 'startsAtLoginRefused';
}

/** Only macOS brings dictionaries; Chromium would fetch its own elsewhere, and Sotto does not let it. */
function spellingNote(description: AppDescription | undefined): 'spellingText' | 'spellingBrowser' | 'spellingNone' {
  if (description?.door !== 'window') return 'spellingBrowser';
  return description.operatingSystem === 'darwin' ? 'spellingText' : 'spellingNone';
}
