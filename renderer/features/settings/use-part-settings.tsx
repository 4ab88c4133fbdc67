import { useTranslation } from 'react-i18next';
import { useDescription } from '../../api/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { Setting, SettingsAccess } from './setting.ts';
import type { SettingsParts } from './settings-parts.ts';

/** What other parts of the window bring to the page: presets, keys, exports. */
export function usePartSettings(parts: SettingsParts): readonly Setting[] {
  const { t } = useTranslation(['window', 'desktop']);
  return [
    {
      id: 'updates',
      section: 'general',
      title: t('desktop:updates.title'),
      detail: t('desktop:updates.text'),
      keywords: t('desktop:updates.words'),
      isWide: true,
      control: parts.updates,
    },
    {
      id: 'presets',
      section: 'models',
      title: t('settings.presets'),
      detail: t('settings.presetsText'),
      keywords: t('settings.presetsWords'),
      isWide: true,
      control: parts.presets,
    },
    {
      id: 'shortcuts',
      section: 'shortcuts',
      title: t('settings.shortcuts'),
      keywords: t('settings.shortcutsWords'),
      isWide: true,
      control: parts.shortcuts,
    },
    {
      id: 'export',
      section: 'advanced',
      title: t('settings.export'),
      detail: t('settings.exportText'),
      isWide: true,
      control: parts.exportAll,
    },
    {
      id: 'import',
      section: 'advanced',
      title: t('settings.import'),
      detail: t('settings.importText'),
      control: <div>{parts.importChats}</div>,
    },
  ];
}

/** Where things lie, and the first steps again. */
export function useFolderSettings({ onChange }: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation();
  const description = useDescription();
  const folder = (id: 'dataFolder' | 'modelFolder'): Setting => ({
    id,
    section: 'advanced',
    title: t(`settings.${id}`),
    isWide: true,
    control: (
      <div className="flex min-w-0 items-center gap-1">
        <code className="selectable min-w-0 rounded-sm bg-hover px-2 py-1 font-mono text-xs break-all text-soft">
          {description?.[id]}
        </code>
        <CopyButton text={description?.[id] ?? ''} label={t('settings.copyPath', { name: t(`settings.${id}`) })} />
      </div>
    ),
  });
  return [
    folder('dataFolder'),
    folder('modelFolder'),
    {
      id: 'first-start',
      section: 'advanced',
      title: t('settings.firstStart'),
      detail: t('settings.firstStartText'),
      control: <Button onClick={() => onChange({ isFirstStartDone: false })}>{t('settings.firstStartButton')}</Button>,
    },
  ];
}
