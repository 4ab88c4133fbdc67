import { FilePlus, FileText, Library, Paperclip } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CollectionId, DocumentId } from '../../../../electron/shared/ids.ts';
import { toFailure } from '../../../api/failure.ts';
import { useAddDocument } from '../../../api/use-files.ts';
import { useCollections } from '../../../api/use-library.ts';
import { useDocuments } from '../../../api/use-live.ts';
import { useErrorWords } from '../../../lib/error-words.ts';
import { documentFileTypes } from '../../../lib/file-kinds.ts';
import { Choice, ChoiceMenu } from '../../../ui/choice-menu.tsx';
import { useFilePicker } from '../../../ui/file-picker.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useNotify } from '../../../ui/notifications.tsx';

type AttachButtonProps = {
  readonly documentIds: readonly DocumentId[];
  readonly collectionIds: readonly CollectionId[];
  /** Documents are kept, what is said in a private conversation is not: it takes none in. */
  readonly isPrivate: boolean;
  readonly onChange: (documentIds: readonly DocumentId[]) => void;
  readonly onCollections: (collectionIds: readonly CollectionId[]) => void;
};

const offeredDocuments = 6;

/** Chooses what the next questions are asked of: a new file, or one that is there already. */
export function AttachButton(props: AttachButtonProps) {
  const { documentIds, collectionIds, isPrivate, onChange, onCollections } = props;
  const { t } = useTranslation(['window', 'chat', 'library']);
  const offered = (useCollections() ?? []).filter(({ id }) => !collectionIds.includes(id));
  const notify = useNotify();
  const words = useErrorWords();
  const add = useAddDocument();
  const known = (useDocuments() ?? []).filter(({ id, status }) => status !== 'failed' && !documentIds.includes(id));
  const attach = async (files: readonly File[]): Promise<void> => {
    const added: DocumentId[] = [];
    for (const file of files) {
      try {
        added.push((await add.mutateAsync(file)).id);
      } catch (error) {
        notify({ text: words(toFailure(error)), isProblem: true });
      }
    }
    if (added.length > 0) onChange([...new Set([...documentIds, ...added])]);
  };
  const picker = useFilePicker({
    accept: documentFileTypes,
    isMultiple: true,
    label: t('composer.attach'),
    onFiles: (files) => void attach(files),
  });
  if (isPrivate) {
    return <IconButton icon={Paperclip} label={t('chat:private.noFiles')} aria-disabled className="opacity-50" />;
  }
  const button = <IconButton icon={Paperclip} label={t('composer.attach')} />;
  return (
    <>
      {picker.input}
      {known.length === 0 && offered.length === 0 ? (
        <IconButton icon={Paperclip} label={t('composer.attach')} onClick={picker.open} />
      ) : (
        <ChoiceMenu trigger={button} side="top">
          <Choice icon={FilePlus} onChoose={picker.open}>
            {t('composer.chooseFile')}
          </Choice>
          {offered.map(({ id, name }) => (
            <Choice key={id} icon={Library} onChoose={() => onCollections([...collectionIds, id])}>
              {t('library:scope.collection', { name })}
            </Choice>
          ))}
          {known.slice(0, offeredDocuments).map(({ id, name }) => (
            <Choice key={id} icon={FileText} onChoose={() => onChange([...documentIds, id])}>
              <span className="max-w-64 truncate">{name}</span>
            </Choice>
          ))}
        </ChoiceMenu>
      )}
    </>
  );
}
