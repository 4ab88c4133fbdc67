import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { useApi } from '../../api/api-context.tsx';
import { useDesktop } from '../../api/use-desktop.ts';
import { useAccess, useDescription } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { useShortcutWords } from '../../lib/shortcut.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ModelStep } from './model-step.tsx';

type StepName = 'model' | 'keeping' | 'hotkey';

type FirstStartProps = {
  /** The ways to keep chats. */
  readonly keeping: ReactNode;
  /** The keys that open quick-ask. */
  readonly shortcut: ReactNode;
};

/** The three questions of the first start. Each can be skipped, and the window works behind them. */
export function FirstStart({ keeping, shortcut }: FirstStartProps) {
  const { t } = useTranslation(['window', 'desktop']);
  const update = useUpdateSettings();
  const access = useAccess();
  const { query } = useApi();
  const models = useQuery(query.models.list.queryOptions()).data;
  const [skipped, setSkipped] = useState<readonly StepName[]>([]);
  const keys = useShortcutWords(useDescription()?.operatingSystem);
  const isListening = useDesktop()?.shortcut.status === 'registered';
  const isChosen = access?.state === 'open' && access.isChosen;
  const step = (name: StepName) => ({
    isSkipped: skipped.includes(name),
    onSkip: () => setSkipped([...skipped, name]),
    onReturn: () => setSkipped(skipped.filter((other) => other !== name)),
  });
  const end = (): void => {
    // This button goes, and the focus with it: it is needed where a person writes.
    document.querySelector<HTMLElement>('[data-composer]')?.focus();
    update.mutate({ isFirstStartDone: true });
  };
  return (
    <section aria-label={t('firstStart.title')} className="flex flex-col gap-3">
      <Step number={1} title={t('firstStart.model')} isDone={models?.selectedId != null} {...step('model')}>
        <ModelStep list={models} />
      </Step>
      <Step number={2} title={t('firstStart.keeping')} isDone={isChosen} {...step('keeping')}>
        {keeping}
      </Step>
      <Step number={3} title={t('desktop:firstStart.hotkey')} isDone={isListening} {...step('hotkey')}>
        <div className="flex flex-col gap-2.5">
          <p className="text-base text-pretty text-soft">{t('desktop:firstStart.text')}</p>
          {shortcut}
          <p className="text-base text-pretty text-soft">
            {t('firstStart.hotkeyText', { search: keys('k'), newChat: keys('n') })}
          </p>
        </div>
      </Step>
      {update.error === null ? null : <FailureNotice error={toFailure(update.error)} />}
      <div className="flex flex-wrap items-center gap-3 px-1 pt-1">
        <Button look="accent" disabled={update.isPending} onClick={end}>
          {t('firstStart.done')}
        </Button>
        <span className="text-sm text-faint">{t('firstStart.later')}</span>
      </div>
    </section>
  );
}

type StepProps = {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly isSkipped: boolean;
  readonly onSkip: () => void;
  readonly onReturn: () => void;
  readonly children: ReactNode;
};

function Step({ number, title, isDone, isSkipped, onSkip, onReturn, children }: StepProps) {
  const { t } = useTranslation();
  return (
    <section
      aria-label={title}
      className="flex flex-col gap-3 rounded-xl bg-raised p-4 shadow-card ring-1 ring-hairline"
    >
      <div className="flex items-center gap-3">
        <span
          aria-hidden
          className="numeric flex size-6 shrink-0 items-center justify-center rounded-full bg-hover text-sm font-semibold text-soft"
        >
          {isDone ? <Check size={14} className="text-local" /> : number}
        </span>
        <h2 className="min-w-0 flex-1 text-base font-semibold">{title}</h2>
        <Button look="quiet" aria-expanded={!isSkipped} onClick={isSkipped ? onReturn : onSkip}>
          {isSkipped ? t('firstStart.return') : isDone ? t('firstStart.fold') : t('firstStart.skip')}
          <span className="sr-only">: {title}</span>
        </Button>
      </div>
      {isSkipped ? null : <div className="sm:pl-9">{children}</div>}
    </section>
  );
}
