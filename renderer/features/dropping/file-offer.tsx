import { Dialog } from '@base-ui/react/dialog';
import { Cpu, FileSearch, FileText, Folder, Library, MessagesSquare, ScrollText, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useGo } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { CollectionChoice } from './collection-choice.tsx';
import { droppedFileLimit, folderFileLimit } from './dropped-entries.ts';
import { choicesFor } from './file-work.ts';
import type { FileChoice, OfferedFiles } from './file-work.ts';
import { useFileWork } from './use-file-work.ts';
import { WorkProgress } from './work-progress.tsx';

const icons = { summarise: ScrollText, ask: FileSearch, collect: Library, import: Cpu, chats: MessagesSquare } as const;

type FileOfferProps = { readonly offered: OfferedFiles; readonly onClose: () => void };

/** Names the files, offers what can be done with them, and shows how it goes. */
export function FileOffer({ offered, onClose }: FileOfferProps) {
  const go = useGo();
  const finish = (destination: Destination | null): void => {
    onClose();
    if (destination !== null) go(destination);
  };
  const { work, error, start, stop } = useFileWork(finish);
  const choices = choicesFor(offered);
  const [isCollecting, setCollecting] = useState(offered.choice === 'collect' && choices.includes('collect'));
  const firstChoice = useRef<HTMLUListElement>(null);
  const choose = (choice: FileChoice): void => {
    if (choice === 'collect') setCollecting(true);
    else void start(offered, choice);
  };
  const startChosen = useEffectEvent(() => {
    const { choice } = offered;
    if (choice !== null && choice !== 'collect' && choices.includes(choice)) void start(offered, choice);
  });
  // A drop on a zone has chosen already.
  useEffect(() => startChosen(), []);
  const close = (): void => {
    stop();
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          initialFocus={() => firstChoice.current?.querySelector('button') ?? true}
          className="popup fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-32px)] w-[min(460px,calc(100vw-32px))] -translate-1/2 flex-col gap-3 overflow-y-auto rounded-xl bg-raised p-4 shadow-float"
        >
          <OfferedHead offered={offered} />
          {error === null ? null : <FailureNotice error={error} />}
          {work !== null ? (
            <WorkProgress work={work} onStop={stop} onGoOn={() => finish(work.destination)} />
          ) : isCollecting ? (
            <CollectionChoice onChoose={(wanted) => void start(offered, 'collect', wanted)} />
          ) : (
            <ul ref={firstChoice} className="flex flex-col">
              {choices.map((choice) => (
                <li key={choice}>
                  <ChoiceRow choice={choice} onChoose={() => choose(choice)} />
                </li>
              ))}
            </ul>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What was dropped, how much it is, and what happens to folders. */
function OfferedHead({
  offered: { files, folders, walked, leftOut = 0, beyondLimit = 0 },
}: Pick<FileOfferProps, 'offered'>) {
  const { t, i18n } = useTranslation(['window', 'desktop']);
  const number = new Intl.NumberFormat(i18n.language);
  // What the shell offers has a name and no size.
  const sizeBytes = files.reduce((sum, file) => ('size' in file ? sum + file.size : Number.NaN), 0);
  const [onlyFolder] = folders;
  const names = [
    ...(onlyFolder === undefined
      ? []
      : [folders.length === 1 ? onlyFolder.name : t('drop.folder', { count: folders.length })]),
    ...(files.length === 0 && onlyFolder !== undefined
      ? []
      : [files.length === 1 ? (files[0]?.name ?? '') : t('drop.files', { count: files.length })]),
  ];
  const notes = [
    ...(onlyFolder === undefined ? [] : [t('drop.folderFollowed')]),
    ...(onlyFolder !== undefined && files.length > 0 ? [t('drop.folderMixed')] : []),
    ...(walked === null ? [] : [files.length === 0 ? t('drop.nothingInside') : t('drop.folderOnce')]),
    ...(walked?.isLimited === true ? [t('drop.limited', { limit: folderFileLimit })] : []),
    ...(beyondLimit === 0
      ? []
      : [
          t('drop.beyond', {
            count: beyondLimit,
            number: number.format(beyondLimit),
            limit: number.format(droppedFileLimit),
          }),
        ]),
    ...(leftOut === 0 ? [] : [t('desktop:offer.leftOut', { count: leftOut })]),
    ...(walked !== null && walked.unreadable > 0 ? [t('drop.unreadableInside', { count: walked.unreadable })] : []),
  ];
  const Icon = onlyFolder === undefined ? FileText : Folder;
  return (
    <>
      <div className="flex items-center gap-3 pl-2">
        <Icon aria-hidden size={20} strokeWidth={1.5} className="shrink-0 text-faint" />
        <div className="min-w-0 flex-1">
          <Dialog.Title className="truncate text-base font-semibold">{names.join(', ')}</Dialog.Title>
          {files.length === 0 || Number.isNaN(sizeBytes) ? null : (
            <p className="numeric text-sm text-faint">{formatBytes(sizeBytes, i18n.language)}</p>
          )}
        </div>
        <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
      </div>
      {notes.length === 0 ? null : <p className="px-2 text-sm text-pretty text-soft">{notes.join(' ')}</p>}
    </>
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
