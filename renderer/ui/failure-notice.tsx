import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../electron/shared/app-error.ts';
import { useErrorWords } from '../lib/error-words.ts';

type FailureNoticeProps = {
  readonly error: Pick<AppErrorData, 'code' | 'details'>;
  /** Buttons for the next step. */
  readonly children?: ReactNode;
};

/** What happened, what was kept, and the next step. */
export function FailureNotice({ error, children }: FailureNoticeProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  return (
    <div role="alert" className="flex gap-3 rounded-md bg-problem-wash px-3.5 py-3 text-base text-ink">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-problem" />
      <div className="flex min-w-0 flex-col gap-2.5">
        <p className="selectable break-words">
          <span className="sr-only">{t('failure.label')} </span>
          {words(error)}
        </p>
        {children === undefined ? null : <div className="flex flex-wrap gap-2">{children}</div>}
      </div>
    </div>
  );
}
