import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { AnswerNotices } from '../../ui/answer-notices.tsx';
import { AnswerProgress } from '../../ui/answer-progress.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { AnswerScreening } from '../../ui/screening/answer-screening.tsx';
import { useHeldLinks } from '../../ui/screening/use-held-links.ts';
import { SpokenAnswer } from '../../ui/spoken-answer.tsx';
import type { NoticeName } from '../../../electron/shared/message.ts';
import type { QuickQuestion } from './use-quick-question.ts';

type QuickAnswerProps = {
  readonly question: QuickQuestion;
  readonly onAgain: () => void;
  readonly onOpenModels: () => void;
  /** Continues in the chat, where what would leave is shown; null where it cannot. */
  readonly onLook: (() => void) | null;
};

/** Keeps the last words in sight while the text grows, unless somebody reads further up. */
function useEndInSight(text: string) {
  const frame = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = frame.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [text]);
  const noteScroll = (): void => {
    const element = frame.current;
    if (element === null) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
  };
  return { frame, noteScroll };
}

/** The answer while it grows and afterwards, or why there is none. */
export function QuickAnswer({ question, onAgain, onOpenModels, onLook }: QuickAnswerProps) {
  const { t } = useTranslation(['quickAsk', 'cloud']);
  const openLink = useOpenLink();
  const { asked, run, screened, isBusy } = question;
  const { text, isHidden } = screened;
  const held = useHeldLinks(screened);
  const { frame, noteScroll } = useEndInSight(text);
  if (asked === null) return null;
  const failure = asked.failure ?? run?.error ?? null;
  return (
    <section
      ref={frame}
      aria-label={t('answer')}
      aria-busy={isBusy}
      // What scrolls is reached by the keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="flex max-h-[420px] flex-col gap-2.5 overflow-y-auto border-t border-hairline px-5 py-4"
      onScroll={noteScroll}
    >
      {asked.preset === null ? null : <h2 className="text-sm font-medium text-soft">{asked.preset.name}</h2>}
      {isBusy && text === '' ? <AnswerProgress progress={run?.progress ?? null} /> : null}
      {run?.previewId == null ? null : (
        <div className="flex flex-wrap items-center gap-3">
          <p role="status" className="min-w-0 flex-1 text-base">
            {t('cloud:preview.quickHint')}
          </p>
          {onLook === null ? null : (
            <Button look="accent" onClick={onLook}>
              {t('cloud:preview.openChat')}
            </Button>
          )}
        </div>
      )}
      <AnswerScreening screened={screened} />
      {text === '' || isHidden ? null : (
        <Markdown key={asked.runId} text={text} isGrowing={isBusy} onOpenLink={openLink} {...held} />
      )}
      <AnswerNotices notices={isBusy ? [] : noticesOf(run)} unsupportedCount={0} />
      {run?.state === 'forgotten' ? <p className="text-base text-soft">{t('forgotten')}</p> : null}
      {failure === null ? null : <AnswerFailure error={failure} onAgain={onAgain} onOpenModels={onOpenModels} />}
      <SpokenAnswer key={`spoken-${asked.runId}`} text={screened.shownText} isGrowing={isBusy} />
    </section>
  );
}

function noticesOf(run: QuickQuestion['run']): readonly NoticeName[] {
  if (run === null) return [];
  const ending = run.endReason === 'stopped' || run.endReason === 'interrupted' ? [run.endReason] : [];
  return [...new Set([...ending, ...run.notices])];
}

type AnswerFailureProps = Pick<QuickAnswerProps, 'onAgain' | 'onOpenModels'> & { readonly error: AppErrorData };

function AnswerFailure({ error, onAgain, onOpenModels }: AnswerFailureProps) {
  const { t } = useTranslation('quickAsk');
  const isAboutModel = error.code.startsWith('model/') || error.code === 'engine/gave-up';
  return (
    <FailureNotice error={error}>
      {isAboutModel ? <Button onClick={onOpenModels}>{t('openModels')}</Button> : null}
      {error.code.startsWith('prompt/') ? null : <Button onClick={onAgain}>{t('tools.again')}</Button>}
    </FailureNotice>
  );
}
