import { ChevronDown, CircleAlert, Cloud, File, FilterX, Folder, Laptop, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection, CollectionSource } from '../../../electron/shared/library.ts';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { LocalOnlyMark } from '../../ui/local-only-mark.tsx';
import { IgnoreDialog } from './ignore-dialog.tsx';
import type { CollectionEdits } from './use-collection-edits.ts';

type SourceListProps = {
  readonly collection: Collection;
  readonly edits: CollectionEdits;
  /** Buttons that add to the list. */
  readonly adding: ReactNode;
};

/** The folders and files that a collection follows, each with where it is and how it is doing. */
export function SourceList({ collection, edits, adding }: SourceListProps) {
  const { t } = useTranslation('library');
  const [ignoring, setIgnoring] = useState<CollectionSource | null>(null);
  const close = (): void => {
    setIgnoring(null);
    edits.setIgnorePatterns.reset();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ul aria-label={t('source.label')} className="contents">
        {collection.sources.map((source) => (
          <li key={source.id} className="flex max-w-full min-w-0">
            <SourceChip
              source={source}
              onIgnore={() => setIgnoring(source)}
              onRemove={() => edits.removeSource(collection.id, source)}
              onLabel={(isLocalOnly) => edits.setSourceLocalOnly.mutate({ id: source.id, isLocalOnly })}
            />
          </li>
        ))}
      </ul>
      {adding}
      {ignoring === null ? null : (
        <IgnoreDialog
          source={ignoring}
          error={edits.setIgnorePatterns.error}
          onSave={(patterns) =>
            edits.setIgnorePatterns.mutate({ id: ignoring.id, patterns: [...patterns] }, { onSuccess: close })
          }
          onClose={close}
        />
      )}
    </div>
  );
}

type SourceChipProps = {
  readonly source: CollectionSource;
  readonly onIgnore: () => void;
  readonly onRemove: () => void;
  readonly onLabel: (isLocalOnly: boolean) => void;
};

function SourceChip({ source, onIgnore, onRemove, onLabel }: SourceChipProps) {
  const { t } = useTranslation(['library', 'cloud']);
  const { kind, displayPath, state, isLocalOnly } = source;
  const isBroken = state === 'missing' || state === 'unreadable';
  const Icon = isBroken ? CircleAlert : kind === 'folder' ? Folder : File;
  const trigger = (
    <button
      type="button"
      aria-label={t('source.menu', { name: displayPath })}
      title={displayPath}
      className="flex h-8 max-w-full min-w-0 items-center gap-1.5 rounded-md bg-hover px-2.5 text-sm text-soft hover:bg-pressed hover:text-ink"
    >
      <Icon aria-hidden size={14} className={isBroken ? 'shrink-0 text-problem' : 'shrink-0 text-faint'} />
      <span className="max-w-72 truncate">{displayPath}</span>
      {state === 'watching' ? null : (
        <span className={isBroken ? 'shrink-0 text-problem' : 'shrink-0 text-faint'}>{t(`source.${state}`)}</span>
      )}
      <LocalOnlyMark isLocalOnly={isLocalOnly} />
      <ChevronDown aria-hidden size={12} className="shrink-0 text-faint" />
    </button>
  );
  return (
    <ChoiceMenu trigger={trigger}>
      {kind === 'folder' ? (
        <Choice icon={FilterX} onChoose={onIgnore}>
          {t('source.ignore')}
        </Choice>
      ) : null}
      <Choice icon={isLocalOnly ? Cloud : Laptop} onChoose={() => onLabel(!isLocalOnly)}>
        {t(isLocalOnly ? 'cloud:label.allow' : 'cloud:label.keep')}
      </Choice>
      <Choice icon={Trash2} isDanger onChoose={onRemove}>
        {t('source.remove')}
      </Choice>
    </ChoiceMenu>
  );
}
