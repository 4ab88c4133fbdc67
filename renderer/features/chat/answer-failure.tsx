import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { PlaceChoice } from '../../../electron/shared/route.ts';
import { useGo } from '../../lib/destination.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { isRemoteFailure } from './other-places.tsx';

type AnswerFailureProps = {
  readonly error: AppErrorData | null;
  /** The chat stays on this computer: nobody elsewhere is offered. */
  readonly isKeptHere?: boolean;
  readonly onRetry?: (choice?: PlaceChoice) => void;
};

const unknownFailure = { code: 'app/unexpected', details: {} } as const;

/** An answer that failed, with the step that helps: another model, the document, or simply again. */
export function AnswerFailure({ error, isKeptHere = false, onRetry }: AnswerFailureProps) {
  const { t } = useTranslation(['window', 'cloud']);
  const go = useGo();
  const { code } = error ?? unknownFailure;
  return (
    <FailureNotice error={error ?? unknownFailure}>
      {code.startsWith('model/') || code === 'engine/gave-up' ? (
        <Button onClick={() => go({ page: 'models' })}>{t('action.openModels')}</Button>
      ) : null}
      {code.startsWith('prompt/') ? <Button onClick={() => go({ page: 'new-chat' })}>{t('chat.new')}</Button> : null}
      {onRetry !== undefined && isRemoteFailure(code) ? (
        <>
          <Button onClick={() => onRetry('local')}>{t('cloud:place.answerHere')}</Button>
          {isKeptHere ? null : <Button onClick={() => onRetry('remote')}>{t('cloud:place.askAgain')}</Button>}
        </>
      ) : null}
      {onRetry === undefined || isRemoteFailure(code) ? null : (
        <Button onClick={() => onRetry()}>{t('chat.retry')}</Button>
      )}
    </FailureNotice>
  );
}
