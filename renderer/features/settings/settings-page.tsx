import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { useDescription, useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { addressOf, settingsSections } from '../../lib/destination.ts';
import type { SettingsSection } from '../../lib/destination.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SettingRow } from './setting-row.tsx';
import { findSettings } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';
import type { SettingsParts } from './settings-parts.ts';
import { useCloudSettings } from './use-cloud-settings.tsx';
import { useDesktopSettings, useScreenLockSetting, useShortcutSetting } from './use-desktop-settings.tsx';
import { useDocumentSettings } from './use-document-settings.tsx';
import { useModelSettings } from './use-model-settings.tsx';
import { useFolderSettings, usePartSettings } from './use-part-settings.tsx';
import { useEndSettings, usePrivacySettings } from './use-privacy-settings.tsx';
import {
  useAnswerSettings,
  useConversationSettings,
  useGeneralSettings,
  useTextSettings,
} from './use-setting-groups.tsx';

type SettingsPageProps = {
  /** The group to begin at; null for the top. */
  readonly section: SettingsSection | null;
  readonly parts: SettingsParts;
};

/** How Sotto looks, answers and keeps; grouped by what a person wants, each with what it is when nobody touches it. */
export function SettingsPage({ section, parts }: SettingsPageProps) {
  const { t } = useTranslation();
  const settings = useSettings();
  const description = useDescription();
  const update = useUpdateSettings();
  return (
    <Page title={t('navigation.settings')}>
      {update.error === null ? null : <FailureNotice error={toFailure(update.error)} />}
      {settings === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <SettingsList
          section={section}
          parts={parts}
          access={{ settings, onChange: (patch) => update.mutate(patch) }}
        />
      )}
      {description === undefined ? null : (
        <p className="numeric text-sm text-faint">{t('settings.version', { version: description.version })}</p>
      )}
    </Page>
  );
}

type SettingsListProps = SettingsPageProps & { readonly access: SettingsAccess };

/** Every setting, in the order in which a group shows its own. */
function useAllSettings(access: SettingsAccess, parts: SettingsParts): readonly Setting[] {
  const general = useGeneralSettings(access);
  const desktop = useDesktopSettings(access);
  const shortcut = useShortcutSetting(access);
  const screenLock = useScreenLockSetting(access);
  const answers = useAnswerSettings(access);
  const conversations = useConversationSettings(access);
  const texts = useTextSettings(access);
  const models = useModelSettings(access);
  const documents = useDocumentSettings(access);
  const privacy = usePrivacySettings(access, parts);
  const cloud = useCloudSettings(access, parts);
  const ends = useEndSettings(access, parts);
  const others = usePartSettings(parts);
  const folders = useFolderSettings(access);
  return [
    ...general,
    ...desktop,
    ...answers,
    ...conversations,
    ...texts,
    ...models,
    ...documents,
    ...privacy,
    screenLock,
    ...cloud,
    ...ends,
    shortcut,
    ...others,
    ...folders,
  ];
}

function SettingsList({ section, parts, access }: SettingsListProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const found = findSettings(useAllSettings(access, parts), wanted);
  useEffect(() => {
    if (section !== null) document.getElementById(`settings-${section}`)?.scrollIntoView();
  }, [section]);
  return (
    <>
      <div className="sticky top-0 z-10 -mx-1 flex flex-col gap-2 bg-canvas px-1 py-2">
        <div className="relative flex items-center">
          <Search aria-hidden size={14} className="pointer-events-none absolute left-3 text-faint" />
          <input
            type="search"
            value={wanted}
            aria-label={t('settings.search')}
            placeholder={t('settings.search')}
            className="h-8 w-full rounded-md bg-raised pr-3 pl-9 text-base shadow-card ring-1 ring-edge select-text"
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
        <nav aria-label={t('settings.groups')} className="flex flex-wrap gap-x-1">
          {settingsSections.map((name) => (
            <a
              key={name}
              href={addressOf({ page: 'settings', section: name })}
              className="rounded-sm px-2 py-1 text-sm font-medium text-soft hover:bg-hover hover:text-ink"
              onClick={() => {
                setWanted('');
                document.getElementById(`settings-${name}`)?.scrollIntoView();
              }}
            >
              {t(`settings.sections.${name}`)}
            </a>
          ))}
        </nav>
      </div>
      {found.length === 0 ? <p className="text-base text-soft">{t('settings.noneFound')}</p> : null}
      {settingsSections.map((name) => (
        <Group key={name} section={name} settings={found.filter((setting) => setting.section === name)} />
      ))}
    </>
  );
}

function Group({ section, settings }: { readonly section: SettingsSection; readonly settings: readonly Setting[] }) {
  const { t } = useTranslation();
  if (settings.length === 0) return null;
  const title = t(`settings.sections.${section}`);
  return (
    <section id={`settings-${section}`} aria-label={title} className="flex scroll-mt-32 flex-col">
      <h2 className="text-sm font-semibold text-faint">{title}</h2>
      {settings.map((setting) => (
        <SettingRow key={setting.id} setting={setting} />
      ))}
    </section>
  );
}
