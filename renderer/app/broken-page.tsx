import { useTranslation } from 'react-i18next';
import { toFailure } from '../api/failure.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';

type BrokenPageProps = { readonly error: unknown; readonly reset: () => void };

/** A page that could not be shown; the rest of the window goes on. */
export function BrokenPage({ error, reset }: BrokenPageProps) {
  const { t } = useTranslation('access');
  return (
    <div className="mx-auto w-full max-w-3xl px-6 pt-6">
      <FailureNotice error={toFailure(error)}>
        <Button onClick={reset}>{t('tryAgain')}</Button>
      </FailureNotice>
    </div>
  );
}
