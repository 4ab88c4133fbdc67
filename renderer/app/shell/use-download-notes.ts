import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Download } from '../../../electron/shared/download.ts';
import { useDownloadNews } from '../../api/use-downloads.ts';
import { useGo } from '../../lib/destination.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Says on every page that a model has arrived, or that its download stopped, with the way there. */
export function useDownloadNotes(): void {
  const { t } = useTranslation('models');
  const notify = useNotify();
  const go = useGo();
  const onEnd = useCallback(
    ({ name, state, modelId }: Download) => {
      const isProblem = state === 'failed';
      notify({
        text: t(isProblem ? 'downloads.noteStopped' : 'downloads.noteReady', { name }),
        isProblem,
        action: {
          label: t('downloads.look'),
          onChoose: () => go(isProblem || modelId === null ? { page: 'models' } : { page: 'model', modelId }),
        },
      });
    },
    [notify, t, go],
  );
  useDownloadNews(onEnd);
}
