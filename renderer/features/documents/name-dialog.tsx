import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';

type NameDialogProps = {
  readonly title: string;
  readonly text: string;
  readonly submitLabel: string;
  readonly name: string;
  readonly error: unknown;
  readonly onSubmit: (name: string) => void;
  readonly onClose: () => void;
};

const longestName = 100;

/** Asks for the name of a collection. */
export function NameDialog({ title, text, submitLabel, name, error, onSubmit, onClose }: NameDialogProps) {
  const { t } = useTranslation('library');
  const [value, setValue] = useState(name);
  const isMissing = value.trim() === '';
  return (
    <FormDialog
      title={title}
      text={text}
      submitLabel={submitLabel}
      canSubmit={!isMissing}
      onSubmit={() => onSubmit(value.trim())}
      onClose={onClose}
    >
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      <TextField
        label={t('collection.name')}
        value={value}
        maxLength={longestName}
        placeholder={t('collection.nameExample')}
        hasFocus
        problem={name !== '' && isMissing ? t('collection.nameMissing') : null}
        onChange={setValue}
      />
    </FormDialog>
  );
}
