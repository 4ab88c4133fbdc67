import {
  Download,
  FileText,
  Keyboard,
  Lock,
  Moon,
  Cpu,
  ScrollText,
  Search,
  Settings,
  ShieldCheck,
  SquarePen,
  Sun,
  SunMoon,
  Upload,
  VenetianMask,
  Zap,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { themeSchema } from '../../../electron/shared/settings.ts';
import { useDescription } from '../../api/use-live.ts';
import { useExportChats } from '../../api/use-transfer.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import type { Command } from '../../features/palette/palette-items.ts';
import { settingsSections } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import type { Lock as LockActions } from '../../lib/lock.ts';
import { useShortcutWords } from '../../lib/shortcut.ts';

/** What the commands of the window act on. */
type CommandTargets = {
  readonly go: (to: Destination) => void;
  readonly lock: LockActions;
  readonly startPrivateChat: () => void;
  readonly chooseFile: () => void;
  readonly chooseChats: () => void;
  readonly showShortcuts: () => void;
};

const themeIcons = { system: SunMoon, light: Sun, dark: Moon } as const;

const pageIcons: readonly (readonly ['documents' | 'summaries' | 'models' | 'privacy', LucideIcon])[] = [
  ['documents', FileText],
  ['summaries', ScrollText],
  ['models', Cpu],
  ['privacy', ShieldCheck],
];

/** Everything that can be done from the palette, the most wanted first. */
export function useCommands(targets: CommandTargets): readonly Command[] {
  const { t } = useTranslation(['window', 'quickAsk']);
  const { go, lock } = targets;
  const description = useDescription();
  const keys = useShortcutWords(description?.operatingSystem);
  const { mutate: update } = useUpdateSettings();
  const { mutate: exportChats } = useExportChats();
  const exportAll = (format: 'json' | 'html'): void =>
    exportChats({ conversationIds: null, format, cancelling: new AbortController() });
  const command = (id: string, icon: LucideIcon, label: string, run: () => void, keywords = ''): Command => ({
    id,
    icon,
    label,
    keywords,
    run,
  });
  return [
    { ...command('new', SquarePen, t('chat.new'), () => go({ page: 'new-chat' })), keys: keys('n') },
    // Where there is a desktop, its shortcut shows the window of its own.
    ...(description?.door === 'browser'
      ? [command('quick-ask', Zap, t('quickAsk:label'), () => go({ page: 'quick-ask' }))]
      : []),
    command('private', VenetianMask, t('chat.newPrivate'), targets.startPrivateChat),
    ...(lock.canLock ? [{ ...command('lock', Lock, t('command.lock'), lock.lock), keys: keys('shift+l') }] : []),
    command('file', FileText, t('command.file'), targets.chooseFile, t('command.fileWords')),
    command('search', Search, t('search.title'), () => go({ page: 'search', query: '' })),
    ...pageIcons.map(([page, icon]) =>
      command(page, icon, t('command.open', { page: t(`navigation.${page}`) }), () => go({ page })),
    ),
    ...settingsSections.map((section) =>
      command(
        `settings-${section}`,
        Settings,
        t('command.settings', { section: t(`settings.sections.${section}`) }),
        () => go({ page: 'settings', section }),
      ),
    ),
    ...themeSchema.options.map((theme) =>
      command(`theme-${theme}`, themeIcons[theme], t('command.theme', { theme: t(`settings.themes.${theme}`) }), () =>
        update({ theme }),
      ),
    ),
    command('export-json', Download, t('command.exportJson'), () => exportAll('json'), t('command.exportWords')),
    command('export-html', Download, t('command.exportHtml'), () => exportAll('html'), t('command.exportWords')),
    command('import', Upload, t('command.import'), targets.chooseChats, t('command.importWords')),
    { ...command('shortcuts', Keyboard, t('shortcuts.title'), targets.showShortcuts), keys: keys('/') },
  ];
}
