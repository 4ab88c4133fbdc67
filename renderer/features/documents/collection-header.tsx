import { Cloud, Ellipsis, Laptop, MessageCircleQuestion, Pause, Pencil, Play, RefreshCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Collection, LibraryProgress } from '../../../electron/shared/library.ts';
import { useAskCollection, useLibraryProgress } from '../../api/use-library.ts';
import { useGo } from '../../lib/destination.ts';
import { remainingTime } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { CollectionEdits } from './use-collection-edits.ts';

type CollectionHeaderProps = {
  readonly collection: Collection;
  readonly edits: CollectionEdits;
  readonly onRename: () => void;
  readonly onRemove: () => void;
};

/** The name of a collection, the one thing to do with it, the rest behind a menu, and how far its reading is. */
export function CollectionHeader(props: CollectionHeaderProps) {
  const { collection, edits } = props;
  const { t } = useTranslation(['library', 'cloud']);
  const go = useGo();
  const ask = useAskCollection();
  const progress = useLibraryProgress();
  const { id, name, counts, isLocalOnly } = collection;
  const isAllPaused = progress?.pause === 'user';
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h1
          tabIndex={-1}
          data-page-title
          className="min-w-0 flex-1 basis-24 truncate text-2xl font-semibold tracking-tight outline-none"
        >
          {name}
        </h1>
        <Button
          look="accent"
          disabled={ask.isPending || counts.total === 0}
          onClick={() =>
            ask.mutate(id, {
              onSuccess: (conversation) => go({ page: 'chat', conversationId: conversation.id }),
              onError: edits.onError,
            })
          }
        >
          <MessageCircleQuestion aria-hidden size={15} /> {t('collection.ask')}
        </Button>
        <PauseButton collection={collection} isAllPaused={isAllPaused} edits={edits} />
        <CollectionMenu {...props} isAllPaused={isAllPaused} />
      </div>
      {isLocalOnly ? (
        <p className="flex items-center gap-1.5 text-sm text-local">
          <Laptop aria-hidden size={13} className="shrink-0" />
          {t('cloud:label.ofCollection')}
        </p>
      ) : null}
      <ReadingState collection={collection} progress={progress} />
    </header>
  );
}

type CollectionMenuProps = CollectionHeaderProps & { readonly isAllPaused: boolean };

/** What is done to a collection more rarely. */
function CollectionMenu({ collection, edits, isAllPaused, onRename, onRemove }: CollectionMenuProps) {
  const { t } = useTranslation(['library', 'cloud']);
  const notify = useNotify();
  const { id, name, isLocalOnly } = collection;
  return (
    <ChoiceMenu align="end" trigger={<IconButton icon={Ellipsis} label={t('collection.menu', { name })} />}>
      <Choice
        icon={RefreshCw}
        onChoose={() =>
          edits.rescan.mutate({ id }, { onSuccess: () => notify({ text: t('collection.looking', { name }) }) })
        }
      >
        {t('collection.lookAgain')}
      </Choice>
      <Choice icon={isAllPaused ? Play : Pause} onChoose={() => edits.setPaused.mutate({ isPaused: !isAllPaused })}>
        {isAllPaused ? t('collection.resumeAll') : t('collection.pauseAll')}
      </Choice>
      <Choice icon={Pencil} onChoose={onRename}>
        {t('collection.rename')}
      </Choice>
      <Choice
        icon={isLocalOnly ? Cloud : Laptop}
        onChoose={() => edits.setLocalOnly.mutate({ id, isLocalOnly: !isLocalOnly })}
      >
        {t(isLocalOnly ? 'cloud:label.allow' : 'cloud:label.keep')}
      </Choice>
      <Choice icon={Trash2} isDanger onChoose={onRemove}>
        {t('collection.remove')}
      </Choice>
    </ChoiceMenu>
  );
}

type PauseButtonProps = Pick<CollectionHeaderProps, 'collection' | 'edits'> & { readonly isAllPaused: boolean };

/** Halts the reading of this collection, and lets it go on whichever pause stands in its way. */
function PauseButton({ collection: { id, counts, isPaused }, isAllPaused, edits }: PauseButtonProps) {
  const { t } = useTranslation('library');
  const rests = isPaused || isAllPaused;
  const toggle = (): void => {
    if (isPaused || !isAllPaused) edits.setCollectionPaused.mutate({ id, isPaused: !isPaused });
    if (isAllPaused) edits.setPaused.mutate({ isPaused: false });
  };
  if (counts.pending === 0 && !rests) return null;
  return (
    <Button onClick={toggle}>
      {rests ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
      {rests ? t('collection.resume') : t('collection.pause')}
    </Button>
  );
}

type ReadingStateProps = { readonly collection: Collection; readonly progress: LibraryProgress | undefined };

function ReadingState({ collection: { counts, isPaused }, progress }: ReadingStateProps) {
  const { t, i18n } = useTranslation(['library', 'window']);
  const number = new Intl.NumberFormat(i18n.language);
  const isReading = counts.pending > 0;
  const done = counts.total - counts.pending;
  const pause = isPaused ? 'collection' : (progress?.pause ?? null);
  const label = t('collection.reading', { done: number.format(done), total: number.format(counts.total) });
  const left = progress?.remainingMs == null ? null : remainingTime(progress.remainingMs);
  const facts = [
    isReading ? label : t('lists.files', { count: counts.total, files: number.format(counts.total) }),
    isReading && !isPaused && progress?.current != null ? t('collection.current', { name: progress.current }) : null,
    isReading && !isPaused && left !== null ? t(`window:remaining.${left.unit}`, { count: left.count }) : null,
    counts.failed > 0 ? t('collection.problem', { count: counts.failed }) : null,
    counts.skipped > 0 ? t('collection.skipped', { count: counts.skipped }) : null,
  ];
  return (
    <div className="flex flex-col gap-1.5">
      <p className="numeric truncate text-sm text-soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      {isReading ? <ProgressBar label={label} fraction={counts.total === 0 ? null : done / counts.total} /> : null}
      {isReading && pause !== null ? (
        <p role="status" className="text-sm font-medium text-cloud">
          {t(`pause.${pause}`)}
        </p>
      ) : null}
      {progress?.isRebuilding === true ? <p className="text-sm text-soft">{t('collection.rebuilding')}</p> : null}
    </div>
  );
}
