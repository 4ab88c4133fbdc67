import { useCallback, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useImportChats } from '../../api/use-transfer.ts';
import { useLocking } from '../../features/access/use-locking.tsx';
import { usePrivateStart } from '../../features/conversations/use-private-start.ts';
import { useFileOffer } from '../../features/dropping/use-file-offer.tsx';
import { CommandPalette } from '../../features/palette/command-palette.tsx';
import { TransferLayer } from '../../features/transfer/transfer-layer.tsx';
import { useGo } from '../../lib/destination.ts';
import { chatsFileTypes } from '../../lib/file-kinds.ts';
import type { Lock } from '../../lib/lock.ts';
import { useShortcut } from '../../lib/shortcut.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useCommands } from './use-commands.ts';
import { useShellRequests } from './use-shell-requests.ts';

type LayerName = 'palette' | 'shortcuts';

type ShellLayers = {
  readonly openPalette: () => void;
  readonly chooseFile: () => void;
  readonly lock: Lock;
  /** What stands on top of all pages, the window's own keys included. */
  readonly layers: ReactElement;
};

/** Everything that opens over the pages: the palette, files to drop, exports and imports, the question before locking. */
export function useShellLayers(pathname: string): ShellLayers {
  const { t } = useTranslation('transfer');
  const go = useGo();
  const [shown, setShown] = useState<{ readonly layer: LayerName; readonly pathname: string } | null>(null);
  // Another page has nothing to do with what was opened over this one.
  const opened = shown?.pathname === pathname ? shown.layer : null;
  const open = useCallback((layer: LayerName) => setShown({ layer, pathname }), [pathname]);
  const locking = useLocking();
  const offer = useFileOffer();
  const importChats = useImportChats();
  const picker = useFilePicker({
    accept: chatsFileTypes,
    label: t('import.choose'),
    onFiles: ([file]) =>
      file === undefined ? undefined : importChats.mutate({ file, cancelling: new AbortController() }),
  });
  const startPrivateChat = usePrivateStart();
  const openPalette = useCallback(() => open('palette'), [open]);
  const close = useCallback(() => setShown(null), []);
  const commands = useCommands({
    go,
    lock: locking.lock,
    startPrivateChat,
    chooseFile: offer.chooseFile,
    chooseChats: picker.open,
    showShortcuts: () => open('shortcuts'),
  });
  useShellRequests(offer.offerFromShell);
  useShortcut('k', () => (opened === 'palette' ? close() : openPalette()));
  useShortcut('shift+l', locking.lock.lock);
  const layers = (
    <>
      {offer.layer}
      {picker.input}
      {locking.layer}
      <TransferLayer />
      {opened === 'palette' ? <CommandPalette commands={commands} onClose={close} /> : null}
      <ShortcutsDialog
        isOpen={opened === 'shortcuts'}
        onOpenChange={(isOpen) => (isOpen ? open('shortcuts') : close())}
      />
    </>
  );
  return { openPalette, chooseFile: offer.chooseFile, lock: locking.lock, layers };
}
