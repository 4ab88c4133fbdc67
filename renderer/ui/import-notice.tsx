import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../electron/shared/app-error.ts';
import { FailureNotice } from './failure-notice.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { useProgressWords } from './progress-words.ts';
import type { Progress } from './progress-words.ts';

type ImportNoticeState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly fileName: string; readonly progress: Progress | null }
  | { readonly state: 'failed'; readonly error: AppErrorData }
  | { readonly state: 'done'; readonly fileName: string };

/** How an import stands: what it is doing, how far it is, or why it could not be. */
export function ImportNotice({ state }: { readonly state: ImportNoticeState }) {
  const { t } = useTranslation();
  const words = useProgressWords();
  switch (state.state) {
    case 'none':
      return null;
    case 'failed':
      return <FailureNotice error={state.error} />;
    case 'done':
      return (
        <p role="status" className="text-sm text-local">
          {t('models.imported', { name: state.fileName })}
        </p>
      );
    case 'running': {
      const { progress } = state;
      const { doing, left } =
        progress === null ? { doing: t('models.handingOver', { name: state.fileName }), left: null } : words(progress);
      const fraction = progress === null || progress.total === 0 ? null : progress.done / progress.total;
      return (
        <div className="flex flex-col gap-1.5" role="status">
          <p className="text-sm text-soft">{left === null ? doing : `${doing} · ${left}`}</p>
          <ProgressBar label={doing} fraction={fraction} />
        </div>
      );
    }
  }
}
