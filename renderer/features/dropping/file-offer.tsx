import { Dialog } from '@base-ui/react/dialog';
import { Cpu, FileSearch, FileText, MessagesSquare, ScrollText, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../electron/shared/words.ts';
import { toFailure } from '../../api/failure.ts';
import { useGo } from '../../lib/destination.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { choicesFor, useFileWork } from './file-work.ts';
import type { FileChoice } from './file-work.ts';
import type { OfferedFiles } from './use-file-offer.tsx';

const icons = { summarise: ScrollText, ask: FileSearch, import: Cpu, chats: MessagesSquare } as const;

type FileOfferProps = { readonly offered: OfferedFiles; readonly onClose: () => void };

/** Names the files and offers what can be done with them. */
export function FileOffer({ offered, onClose }: FileOfferProps) {
  const { t, i18n } = useTranslation();
  const go = useGo();
  const work = useFileWork();
  const firstChoice = useRef<HTMLLIElement>(null);
  const { files } = offered;
  const choices = choicesFor(files);
  const start = (choice: FileChoice): void =>
    work.mutate(
      { files, choice },
      {
        onSuccess: (destination) => {
          onClose();
          if (destination !== null) go(destination);
        },
      },
    );
  const startChosen = useEffectEvent(() => {
    if (offered.choice !== null && choices.includes(offered.choice)) start(offered.choice);
  });
  // A drop on a zone has chosen already.
  useEffect(() => startChosen(), []);
  const sizeBytes = files.reduce((sum, { size }) => sum + size, 0);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          initialFocus={() => firstChoice.current?.querySelector('button') ?? true}
          className="popup fixed top-1/2 left-1/2 z-50 flex w-[min(460px,calc(100vw-32px))] -translate-1/2 flex-col gap-3 rounded-xl bg-raised p-4 shadow-float"
        >
          <div className="flex items-center gap-3 pl-2">
            <FileText aria-hidden size={20} strokeWidth={1.5} className="shrink-0 text-faint" />
            <div className="min-w-0 flex-1">
              <Dialog.Title className="truncate text-base font-semibold">
                {files.length === 1 ? files[0]?.name : t('drop.files', { count: files.length })}
              </Dialog.Title>
              <p className="numeric text-sm text-faint">{formatBytes(sizeBytes, i18n.language)}</p>
            </div>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          {work.error === null ? null : <FailureNotice error={toFailure(work.error)} />}
          {work.isPending ? (
            <p role="status" className="px-2 pb-2 text-base text-soft">
              {t('drop.working')}
            </p>
          ) : (
            <ul className="flex flex-col">
              {choices.map((choice, index) => (
                <li key={choice} ref={index === 0 ? firstChoice : undefined}>
                  <ChoiceRow choice={choice} onChoose={() => start(choice)} />
                </li>
              ))}
            </ul>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ChoiceRow({ choice, onChoose }: { readonly choice: FileChoice; readonly onChoose: () => void }) {
  const { t } = useTranslation();
  const Icon = icons[choice];
  return (
    <button
      type="button"
      className="flex w-full items-center gap-3.5 rounded-md px-2 py-2.5 text-left hover:bg-hover"
      onClick={onChoose}
    >
      <Icon aria-hidden size={18} strokeWidth={1.6} className="shrink-0 text-accent" />
      <span className="flex min-w-0 flex-col">
        <span className="text-base font-medium">{t(`drop.${choice}`)}</span>
        <span className="text-sm text-faint">{t(`drop.${choice}Text`)}</span>
      </span>
    </button>
  );
}
