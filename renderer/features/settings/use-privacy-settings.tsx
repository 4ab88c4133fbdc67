import { useTranslation } from 'react-i18next';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import type { Settings } from '../../../electron/shared/settings.ts';
import { addressOf } from '../../lib/destination.ts';
import { useLock } from '../../lib/lock.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { HubToken } from './hub-token.tsx';
import { wayBack } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';
import type { SettingsParts } from './settings-parts.ts';

const defaults = settingsSchema.parse({});

const lockTimes: readonly {
  readonly name: 'never' | '1' | '5' | '15' | '60';
  readonly value: Settings['lockAfterMinutes'];
}[] = [
  { name: 'never', value: null },
  { name: '1', value: 1 },
  { name: '5', value: 5 },
  { name: '15', value: 15 },
  { name: '60', value: 60 },
];

const nameOf = (minutes: Settings['lockAfterMinutes']): (typeof lockTimes)[number]['name'] =>
  lockTimes.find(({ value }) => value === minutes)?.name ?? 'never';

/** How chats are kept, and when they close. */
export function usePrivacySettings(access: SettingsAccess, parts: SettingsParts): readonly Setting[] {
  const { t } = useTranslation();
  const { canLock, lock } = useLock();
  const { settings, onChange } = access;
  return [
    {
      id: 'keeping',
      section: 'privacy',
      title: t('settings.keeping'),
      keywords: t('settings.keepingWords'),
      isWide: true,
      control: parts.keeping,
    },
    {
      id: 'lock-after',
      section: 'privacy',
      title: t('settings.lockAfter'),
      detail: t('settings.lockAfterText'),
      usual: t(`settings.lockTimes.${nameOf(defaults.lockAfterMinutes)}`),
      ...wayBack(access, defaults, 'lockAfterMinutes'),
      control: (
        <Segmented
          label={t('settings.lockAfter')}
          value={nameOf(settings.lockAfterMinutes)}
          options={lockTimes.map(({ name }) => ({ value: name, label: t(`settings.lockTimes.${name}`) }))}
          onChange={(name) =>
            onChange({ lockAfterMinutes: lockTimes.find((time) => time.name === name)?.value ?? null })
          }
        />
      ),
    },
    {
      id: 'lock-now',
      section: 'privacy',
      title: t('command.lock'),
      detail: canLock ? t('settings.lockNowText') : t('settings.lockNothing'),
      control: (
        <Button disabled={!canLock} onClick={lock}>
          {t('command.lock')}
        </Button>
      ),
    },
  ];
}

/** What may leave, and how everything goes. */
export function useEndSettings(access: SettingsAccess, parts: SettingsParts): readonly Setting[] {
  const { t } = useTranslation(['window', 'models']);
  const { settings } = access;
  return [
    {
      id: 'hub-token',
      section: 'privacy',
      title: t('models:settings.token'),
      detail: t('models:settings.tokenText', { host: new URL(settings.hubAddress).host }),
      keywords: t('models:settings.tokenWords'),
      isWide: true,
      control: <HubToken />,
    },
    {
      id: 'offline',
      section: 'privacy',
      title: t('privacy.lockTitle'),
      detail: settings.isOffline ? t('privacy.lockedText') : t('privacy.unlockedText'),
      usual: t('settings.switch.on'),
      ...wayBack(access, defaults, 'isOffline'),
      control: (
        <a
          href={addressOf({ page: 'privacy' })}
          className="rounded-md px-2 py-1 font-medium text-accent hover:bg-hover"
        >
          {t('command.open', { page: t('navigation.privacy') })}
        </a>
      ),
    },
    {
      id: 'erase',
      section: 'privacy',
      title: t('settings.erase'),
      detail: t('settings.eraseText'),
      keywords: t('settings.eraseWords'),
      isWide: true,
      control: <div>{parts.erase}</div>,
    },
  ];
}
