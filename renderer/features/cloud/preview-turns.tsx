import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudPreview, PreviewTurn } from '../../../electron/shared/cloud-preview.ts';
import { Button } from '../../ui/button.tsx';
import { PlainIconButton } from '../../ui/icon-button.tsx';
import { ReplacedText } from './replaced-text.tsx';
import { turnPieces } from './shown-pieces.ts';

type PreviewTurnsProps = {
  readonly preview: CloudPreview;
  readonly isBusy: boolean;
  readonly onEdit: (index: number, text: string) => void;
  /** The field with the focus is gone. */
  readonly onClosed: () => void;
};

/** The parts of a request as they read, each of which can be put otherwise. */
export function PreviewTurns({ preview: { turns, replacements }, isBusy, onEdit, onClosed }: PreviewTurnsProps) {
  const { t } = useTranslation('cloud');
  const [editing, setEditing] = useState<number | null>(null);
  return (
    <ol className="flex flex-col">
      {turns.map((turn, index) => (
        // A part is what lies at its place in the request.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className="flex flex-col gap-1 border-b border-hairline py-2 last:border-b-0">
          <div className="flex items-center justify-between gap-2">
            <h3 className="text-sm font-semibold text-soft">{t(`preview.role.${turn.role}`)}</h3>
            {editing === index ? null : (
              <PlainIconButton
                icon={Pencil}
                disabled={isBusy}
                label={t('preview.editTurnOf', { role: t(`preview.role.${turn.role}`), number: index + 1 })}
                onClick={() => setEditing(index)}
              />
            )}
          </div>
          {editing === index ? (
            <TurnField
              turn={turn}
              number={index + 1}
              onDone={(text) => {
                setEditing(null);
                onClosed();
                if (text !== null && text !== turn.text) onEdit(index, text);
              }}
            />
          ) : (
            <p className="selectable text-base leading-relaxed break-words whitespace-pre-wrap">
              <ReplacedText pieces={turnPieces(turn.text, replacements)} />
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

type TurnFieldProps = {
  readonly turn: PreviewTurn;
  readonly number: number;
  readonly onDone: (text: string | null) => void;
};

const focusOnce = (field: HTMLElement | null): void => field?.focus();

function TurnField({ turn, number, onDone }: TurnFieldProps) {
  const { t } = useTranslation('cloud');
  const [text, setText] = useState(turn.text);
  return (
    <div className="flex flex-col gap-2">
      <textarea
        ref={focusOnce}
        value={text}
        maxLength={2_000_000}
        aria-label={t('preview.turnText', { number })}
        className="field-sizing-content max-h-60 min-h-16 resize-none rounded-md bg-raised px-3 py-2 text-base ring-1 ring-edge select-text"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // It ends the editing, not the answer.
          event.stopPropagation();
          onDone(null);
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onDone(text)}>{t('preview.useTurn')}</Button>
        <Button look="quiet" onClick={() => onDone(null)}>
          {t('preview.leaveTurn')}
        </Button>
      </div>
    </div>
  );
}
