import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { checkAccelerator, pressedAccelerator } from '../../../electron/shared/accelerator.ts';
import type { AcceleratorCheck } from '../../../electron/shared/accelerator.ts';
import type { ShortcutState } from '../../../electron/shared/desktop.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useAcceleratorWords } from './use-accelerator-words.ts';

type Problem = Exclude<AcceleratorCheck['status'], 'fits'>;

type ShortcutFieldProps = {
  readonly value: string | null;
  /** What became of it; undefined until that is known. */
  readonly state: ShortcutState | undefined;
  readonly operatingSystem: string;
  readonly onChange: (accelerator: string | null) => void;
};

/** The keys that open quick-ask: as they are, recorded anew, or none; and whether they work. */
export function ShortcutField({ value, state, operatingSystem, onChange }: ShortcutFieldProps) {
  const { t } = useTranslation('desktop');
  const words = useAcceleratorWords(operatingSystem);
  const [isRecording, setRecording] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  const wasRecording = useRef(false);
  useEffect(() => {
    // The field that had the focus is gone.
    if (wasRecording.current && !isRecording) change.current?.focus();
    wasRecording.current = isRecording;
  }, [isRecording]);
  const end = (accelerator?: string): void => {
    setRecording(false);
    if (accelerator !== undefined && accelerator !== value) onChange(accelerator);
  };
  if (isRecording) return <KeyRecorder operatingSystem={operatingSystem} onEnd={end} />;
  const isUnavailable = state?.status === 'unavailable';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        {value === null ? (
          <span className="text-base text-faint">{t('settings.none')}</span>
        ) : (
          <KeyHint>{words(value).join('+')}</KeyHint>
        )}
        {isUnavailable ? null : (
          <Button ref={change} onClick={() => setRecording(true)}>
            {t('settings.change')}
          </Button>
        )}
        {isUnavailable || value === null ? null : (
          <Button look="quiet" onClick={() => onChange(null)}>
            {t('settings.turnOff')}
          </Button>
        )}
      </div>
      <ShortcutNote value={value} state={state} />
    </div>
  );
}

/** Whether the keys work; nothing while the system has not answered for these. */
function ShortcutNote({ value, state }: Pick<ShortcutFieldProps, 'value' | 'state'>) {
  const { t } = useTranslation('desktop');
  const isAnswered = state !== undefined && (state.status === 'unavailable' || state.accelerator === value);
  const isTrouble = isAnswered && ['taken', 'invalid', 'refused'].includes(state.status);
  return (
    <p
      role="status"
      className={classNames('max-w-[66ch] text-sm text-pretty', isTrouble ? 'text-problem' : 'text-faint')}
    >
      {isAnswered ? t(`settings.status.${state.status}`) : ''}
    </p>
  );
}

type KeyRecorderProps = {
  readonly operatingSystem: string;
  /** With the keys, or with none when it was given up. */
  readonly onEnd: (accelerator?: string) => void;
};

/** Takes the next keys that fit; says what is wrong with others and goes on waiting. */
function KeyRecorder({ operatingSystem, onEnd }: KeyRecorderProps) {
  const { t } = useTranslation(['desktop', 'window']);
  const [keyWord] = useAcceleratorWords(operatingSystem)('Alt+Space');
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const isBare = !event.ctrlKey && !event.altKey && !event.metaKey;
    // The way out, by keyboard too.
    if (isBare && event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (isBare && !event.shiftKey && event.key === 'Escape') return onEnd();
    const pressed = pressedAccelerator(event.nativeEvent, operatingSystem);
    if (pressed === null) return;
    const check = checkAccelerator(pressed, operatingSystem);
    if (check.status === 'fits') onEnd(check.accelerator);
    else setProblem(check.status);
  };
  return (
    <div className="flex w-full flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={field}
          readOnly
          value=""
          placeholder={t('settings.recording')}
          aria-label={t('settings.record')}
          aria-invalid={problem !== null}
          className="h-8 w-56 max-w-full rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-accent aria-invalid:ring-problem"
          onKeyDown={onKeyDown}
        />
        <Button onClick={() => onEnd()}>{t('window:action.cancel')}</Button>
      </div>
      <p role="status" className={classNames('text-sm text-pretty', problem === null ? 'text-faint' : 'text-problem')}>
        {problem === null ? t('settings.record') : t(`settings.problem.${problem}`, { modifier: keyWord ?? '' })}
      </p>
    </div>
  );
}
