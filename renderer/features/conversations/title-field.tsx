import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type TitleFieldProps = {
  readonly title: string;
  /** The new title, or null when it was left as it was. */
  readonly onDone: (title: string | null) => void;
};

const titleLimit = 200;

/** A title while it is being changed: Enter keeps it, Escape leaves it. */
export function TitleField({ title, onDone }: TitleFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(title);
  const finish = (): void => onDone(text.trim() === '' || text === title ? null : text);
  return (
    <input
      ref={(field) => field?.select()}
      value={text}
      maxLength={titleLimit}
      aria-label={t('chats.title')}
      className="h-8 w-full rounded-md bg-raised px-2.5 text-base ring-1 ring-edge select-text"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone(null);
        }
      }}
    />
  );
}
