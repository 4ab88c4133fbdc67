import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type SystemPromptFieldProps = { readonly value: string; readonly onChange: (value: string) => void };

const characterLimit = 8_000;

/** Instructions before every conversation; kept when the field is left. */
export function SystemPromptField({ value, onChange }: SystemPromptFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  return (
    <textarea
      aria-label={t('settings.systemPrompt')}
      value={text}
      maxLength={characterLimit}
      rows={4}
      placeholder={t('settings.systemPromptExample')}
      className="field-sizing-content min-h-24 resize-none rounded-md bg-raised px-3 py-2 text-base shadow-card ring-1 ring-edge select-text"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => (text === value ? undefined : onChange(text))}
    />
  );
}
