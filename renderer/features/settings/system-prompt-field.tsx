import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

type SystemPromptFieldProps = { readonly value: string; readonly onChange: (value: string) => void };

const characterLimit = 8_000;

/** Instructions before every conversation; kept when the field is left. */
export function SystemPromptField({ value, onChange }: SystemPromptFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(value);
  return (
    <div className="flex flex-col gap-1 py-3">
      <label htmlFor={id} className="text-base font-medium">
        {t('settings.systemPrompt')}
      </label>
      <p className="text-sm text-faint">{t('settings.systemPromptText')}</p>
      <textarea
        id={id}
        value={text}
        maxLength={characterLimit}
        rows={4}
        placeholder={t('settings.systemPromptExample')}
        className="mt-1.5 field-sizing-content min-h-24 resize-none rounded-md bg-raised px-3 py-2 text-base shadow-card ring-1 ring-edge select-text"
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => (text === value ? undefined : onChange(text))}
      />
    </div>
  );
}
