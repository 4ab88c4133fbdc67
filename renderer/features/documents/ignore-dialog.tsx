import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionSource } from '../../../electron/shared/library.ts';
import { toFailure } from '../../api/failure.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextArea } from '../../ui/text-field.tsx';

type IgnoreDialogProps = {
  readonly source: CollectionSource;
  readonly error: unknown;
  readonly onSave: (patterns: readonly string[]) => void;
  readonly onClose: () => void;
};

const longest = 20_000;

/** The patterns that say which files of a folder are left out. */
export function IgnoreDialog({ source, error, onSave, onClose }: IgnoreDialogProps) {
  const { t } = useTranslation('library');
  const [text, setText] = useState(source.ignorePatterns.join('\n'));
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    <FormDialog
      title={t('source.ignoreTitle', { name: source.name })}
      text={source.displayPath}
      submitLabel={t('collection.save')}
      canSubmit
      onSubmit={() => onSave(patterns)}
      onClose={onClose}
    >
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      <TextArea
        label={t('source.ignoreLabel')}
        hint={t('source.ignoreHint')}
        value={text}
        maxLength={longest}
        problem={null}
        onChange={setText}
      />
    </FormDialog>
  );
}
