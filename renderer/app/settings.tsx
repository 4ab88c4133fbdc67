import { EraseEverything } from '../features/access/erase-everything.tsx';
import { KeepingSettings } from '../features/access/keeping-settings.tsx';
import { PresetSettings } from '../features/presets/preset-settings.tsx';
import { OpenTheWay } from '../features/remotes/open-the-way.tsx';
import { RemoteList } from '../features/remotes/remote-list.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { ExportAll, ImportChats } from '../features/transfer/transfer-settings.tsx';
import { UpdateSettings } from '../features/updates/update-settings.tsx';
import type { SettingsSection } from '../lib/destination.ts';
import { ShortcutList } from './shell/shortcut-list.tsx';

/** The settings, with what the other parts of the window bring to them. */
export function Settings({ section }: { readonly section: SettingsSection | null }) {
  return (
    <SettingsPage
      section={section}
      parts={{
        keeping: <KeepingSettings />,
        updates: <UpdateSettings />,
        erase: <EraseEverything />,
        remotes: <RemoteList />,
        cloudWay: <OpenTheWay />,
        presets: <PresetSettings />,
        shortcuts: <ShortcutList />,
        exportAll: <ExportAll />,
        importChats: <ImportChats />,
      }}
    />
  );
}
