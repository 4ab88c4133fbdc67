import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/shared/message.ts';
import { useAskableModels } from '../../api/use-cloud.ts';
import { useRun } from '../../api/use-run.ts';
import { useScreenedAnswer } from '../../api/use-screened-answer.ts';
import type { ScreenedAnswer } from '../../api/use-screened-answer.ts';
import { citedTarget, useEvidence } from '../../lib/evidence.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { AnswerNotices } from '../../ui/answer-notices.tsx';
import { AnswerProgress } from '../../ui/answer-progress.tsx';
import { Button } from '../../ui/button.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { AnswerScreening } from '../../ui/screening/answer-screening.tsx';
import { useHeldLinks } from '../../ui/screening/use-held-links.ts';
import { SpokenAnswer } from '../../ui/spoken-answer.tsx';
import { AnswerFailure } from './answer-failure.tsx';
import { AnswerFigures } from './answer-figures.tsx';
import { AnswerGrounds } from './answer-grounds.tsx';
import { answerView } from './answer-view.ts';
import type { AnswerView } from './answer-view.ts';
import { useMessageActions } from './message-actions.ts';
import { MessageTools } from './message-tools.tsx';
import { OtherPlaces } from './other-places.tsx';
import { NotInDocuments } from './not-in-documents.tsx';
import { PassagesRow } from './passages-row.tsx';
import { Reasoning } from './reasoning.tsx';
import { SentLine } from './sent-line.tsx';

type AnswerMessageProps = { readonly message: Message; readonly isLast: boolean };

/** Keeps the run of a message after the stored message has let go of it: until that is read again, it knows more. */
function useAnswer(message: Message): AnswerView {
  const [runId, setRunId] = useState(message.runId);
  if (message.runId !== null && message.runId !== runId) setRunId(message.runId);
  const run = useRun(runId);
  return useMemo(() => answerView(message, run), [message, run]);
}

export const AnswerMessage = memo(function AnswerMessage({ message, isLast }: AnswerMessageProps) {
  const { t } = useTranslation(['window', 'chat']);
  const answer = useAnswer(message);
  const models = useAskableModels(message.conversationId);
  const { retry, goOn, isReadOnly } = useMessageActions();
  const unsupportedCount = useMemo(
    () => answer.checks.filter(({ isSupported }) => !isSupported).length,
    [answer.checks],
  );
  const { isGrowing, text, notices } = answer;
  const screened = useScreenedAnswer(
    { id: message.id, messageId: isGrowing ? null : message.id },
    text,
    answer.screened,
  );
  const isBroken = notices.includes('interrupted') || notices.includes('length-limit');
  return (
    <article className="flex flex-col gap-2.5" aria-busy={isGrowing}>
      <h2 className="sr-only">{t('chat.answerHeading')}</h2>
      {answer.reasoning === null || screened.isHidden ? null : <Reasoning reasoning={answer.reasoning} />}
      <AnswerScreening screened={screened} />
      <AnswerWords answer={answer} screened={screened} />
      <AnswerGrounds grounds={answer.grounds} isWithheld={notices.includes('not-in-documents')} />
      <AnswerNotices notices={notices} unsupportedCount={unsupportedCount} />
      <OtherPlaces message={message} answer={answer} />
      {answer.canContinue && isBroken && !isReadOnly ? (
        <Button className="self-start" onClick={() => goOn(message)}>
          {t('chat:tools.goOn')}
        </Button>
      ) : null}
      {answer.hasFailed ? (
        <AnswerFailure
          error={answer.error}
          isKeptHere={models?.keptHere != null}
          {...(isReadOnly ? {} : { onRetry: (choice) => retry(message, choice) })}
        />
      ) : null}
      <SentLine sent={answer.sent} route={answer.route} usage={answer.usage} />
      <SpokenAnswer text={screened.shownText} isGrowing={isGrowing} />
      {isGrowing || (answer.hasFailed && text === '') ? null : (
        <MessageTools message={message} text={screened.shownText} isLast={isLast} canContinue={answer.canContinue}>
          <div className="message-figures ml-1.5 min-w-0">
            <AnswerFigures usage={answer.usage} modelName={answer.modelName} route={answer.route} />
          </div>
        </MessageTools>
      )}
    </article>
  );
});

type AnswerWordsProps = { readonly answer: AnswerView; readonly screened: ScreenedAnswer };

/** The evidence of an answer, what it is doing, and its text. */
function AnswerWords({ answer, screened }: AnswerWordsProps) {
  const held = useHeldLinks(screened);
  const evidence = useEvidence();
  const openLink = useOpenLink();
  const { passages, isGrowing, text, progress, notices, checks } = answer;
  const unsupported = useMemo(() => checks.filter(({ isSupported }) => !isSupported), [checks]);
  const openPassage = (mark: number): void => {
    const target = citedTarget(passages, mark);
    if (target !== null) evidence.open(target);
  };
  const isAbstaining = notices.includes('not-in-documents');
  const isThinking = answer.reasoning?.isGrowing === true;
  return (
    <>
      {isAbstaining ? (
        <NotInDocuments passages={passages} onOpen={openPassage} />
      ) : (
        <PassagesRow passages={passages} onOpen={openPassage} />
      )}
      {isGrowing && text === '' && !isThinking ? <AnswerProgress progress={progress} /> : null}
      {text === '' || screened.isHidden || (isAbstaining && !isGrowing) ? null : (
        <div data-words>
          <Markdown
            text={text}
            isGrowing={isGrowing}
            flaws={unsupported}
            passages={passages}
            onOpenLink={openLink}
            {...held}
            onOpenPassage={openPassage}
          />
        </div>
      )}
      {isGrowing && text !== '' && progress?.phase === 'checking' ? <AnswerProgress progress={progress} /> : null}
    </>
  );
}
