import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppStatus } from '../../../electron/shared/app-status.ts';

/** Whether the model of the chats is awake, in a word; null where there is nothing to say. */
export function useEngineBrief(): (status: AppStatus) => string | null {
  const { t } = useTranslation('models');
  return useCallback(
    ({ engine }) => {
      switch (engine.state) {
        case 'stopped':
          return t('state.asleep');
        case 'ready':
          return t('state.warm');
        case 'busy':
          return t('state.answering');
        case 'starting':
        case 'loading':
          return t('state.loading');
        default:
          return null;
      }
    },
    [t],
  );
}
