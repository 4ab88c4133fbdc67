import { ChevronDown, Copy, Link, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useImportModel } from '../../api/use-files.ts';
import { useImportState } from '../../api/use-import-state.ts';
import { useDescription } from '../../api/use-live.ts';
import { useLinkModel } from '../../api/use-models.ts';
import { modelFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { useFailureNote } from './use-model-edits.ts';

/** Brings a model file here: by a copy, or, where the window has the person's own files, used where it lies. */
export function ImportMenu() {
  const { t } = useTranslation('models');
  const importModel = useImportModel();
  const isBusy = useImportState().state === 'running';
  const link = useLinkModel();
  const notify = useNotify();
  const onError = useFailureNote();
  // A browser hands over copies: there is nothing that could be used where it lies.
  const canLink = useDescription()?.door === 'window';
  const copying = useFilePicker({
    accept: modelFileTypes,
    label: t('import.button'),
    onFiles: ([file]) => (file === undefined ? undefined : importModel.mutate(file)),
  });
  const linking = useFilePicker({
    accept: modelFileTypes,
    label: t('import.link'),
    onFiles: ([file]) =>
      file === undefined
        ? undefined
        : link.mutate(file, { onError, onSuccess: () => notify({ text: t('import.linked', { name: file.name }) }) }),
  });
  return (
    <>
      {copying.input}
      {canLink ? linking.input : null}
      {canLink ? (
        <ChoiceMenu
          align="end"
          trigger={
            <Button disabled={isBusy || link.isPending}>
              <Plus aria-hidden size={15} /> {t('import.button')} <ChevronDown aria-hidden size={13} />
            </Button>
          }
        >
          <Choice icon={Copy} onChoose={copying.open}>
            {t('import.copy')}
          </Choice>
          <Choice icon={Link} onChoose={linking.open}>
            {t('import.link')}
          </Choice>
        </ChoiceMenu>
      ) : (
        <Button disabled={isBusy} onClick={copying.open}>
          <Plus aria-hidden size={15} /> {t('import.button')}
        </Button>
      )}
    </>
  );
}
