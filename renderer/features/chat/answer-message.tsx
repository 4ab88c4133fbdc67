import { RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/shared/message.ts';
import { useRun } from '../../api/use-run.ts';
import { citedTarget, useEvidence } from '../../lib/evidence.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { classNames } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { AnswerFailure } from './answer-failure.tsx';
import { AnswerFigures } from './answer-figures.tsx';
import { AnswerNotices } from './answer-notices.tsx';
import { AnswerProgress } from './answer-progress.tsx';
import { answerView } from './answer-view.ts';
import type { AnswerView } from './answer-view.ts';
import { NotInDocuments } from './not-in-documents.tsx';
import { PassagesRow } from './passages-row.tsx';
import { SpokenAnswer } from './spoken-answer.tsx';

type AnswerMessageProps = {
  readonly message: Message;
  readonly isLast: boolean;
  readonly onRetry: (message: Message) => void;
};

/** Keeps the run of a message after the stored message has let go of it: its error is told nowhere else. */
function useAnswer(message: Message): AnswerView {
  const [runId, setRunId] = useState(message.runId);
  if (message.runId !== null && message.runId !== runId) setRunId(message.runId);
  const run = useRun(runId);
  return useMemo(() => answerView(message, run), [message, run]);
}

export function AnswerMessage({ message, isLast, onRetry }: AnswerMessageProps) {
  const { t } = useTranslation();
  const answer = useAnswer(message);
  const evidence = useEvidence();
  const openLink = useOpenLink();
  const openPassage = (mark: number): void => {
    const target = citedTarget(answer.passages, mark);
    if (target !== null) evidence.open(target);
  };
  const unsupported = useMemo(() => answer.checks.filter(({ isSupported }) => !isSupported), [answer.checks]);
  const isAbstaining = answer.notices.includes('not-in-documents');
  return (
    <article className="group/answer flex flex-col gap-2.5" aria-busy={answer.isGrowing}>
      <h2 className="sr-only">{t('chat.answerHeading')}</h2>
      {isAbstaining ? <NotInDocuments passages={answer.passages} onOpen={openPassage} /> : null}
      {isAbstaining ? null : <PassagesRow passages={answer.passages} onOpen={openPassage} />}
      {answer.isGrowing && answer.text === '' ? <AnswerProgress progress={answer.progress} /> : null}
      {answer.text === '' || (isAbstaining && !answer.isGrowing) ? null : (
        <Markdown
          text={answer.text}
          isGrowing={answer.isGrowing}
          flaws={unsupported}
          passages={answer.passages}
          onOpenLink={openLink}
          onOpenPassage={openPassage}
        />
      )}
      {answer.isGrowing && answer.text !== '' && answer.progress?.phase === 'checking' ? (
        <AnswerProgress progress={answer.progress} />
      ) : null}
      <AnswerNotices notices={answer.notices} unsupportedCount={unsupported.length} />
      {answer.hasFailed ? <AnswerFailure error={answer.error} onRetry={() => onRetry(message)} /> : null}
      <SpokenAnswer text={answer.text} isGrowing={answer.isGrowing} />
      {answer.isGrowing || (answer.hasFailed && answer.text === '') ? null : (
        <footer
          className={classNames(
            '-ml-1.5 flex min-h-7 items-center gap-0.5',
            !isLast && 'opacity-0 group-focus-within/answer:opacity-100 group-hover/answer:opacity-100',
          )}
        >
          {answer.text === '' ? null : <CopyButton text={answer.text} label={t('chat.copyAnswer')} />}
          <IconButton size="small" icon={RotateCcw} label={t('chat.retry')} onClick={() => onRetry(message)} />
          <div className="ml-1.5 min-w-0 opacity-0 group-focus-within/answer:opacity-100 group-hover/answer:opacity-100">
            <AnswerFigures usage={answer.usage} modelName={answer.modelName} />
          </div>
        </footer>
      )}
    </article>
  );
}
