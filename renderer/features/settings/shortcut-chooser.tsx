import { useDesktop } from '../../api/use-desktop.ts';
import { useDescription, useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { ShortcutField } from './shortcut-field.tsx';

/** The keys of quick-ask with all that belongs to them, for where it stands by itself. */
export function ShortcutChooser() {
  const settings = useSettings();
  const state = useDesktop()?.shortcut;
  const update = useUpdateSettings();
  const operatingSystem = useDescription()?.operatingSystem ?? '';
  if (settings === undefined) return null;
  return (
    <ShortcutField
      value={settings.quickAskShortcut}
      state={state}
      operatingSystem={operatingSystem}
      onChange={(quickAskShortcut) => update.mutate({ quickAskShortcut })}
    />
  );
}
