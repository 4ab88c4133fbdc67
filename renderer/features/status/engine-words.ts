import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineState } from '../../../electron/shared/app-status.ts';

/** Says how the engine is: "warm", "loading, 40 %". */
export function useEngineWords(): (engine: EngineState) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (engine) => {
      switch (engine.state) {
        case 'loading': {
          const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(engine.fraction);
          return t('engine.loading', { percent });
        }
        case 'ready':
        case 'busy':
          return engine.isSafeMode ? t('engine.safeMode') : t(`engine.${engine.state}`);
        case 'no-model':
        case 'stopped':
        case 'starting':
        case 'restarting':
        case 'failed':
          return t(`engine.${engine.state}`);
      }
    },
    [t, i18n.language],
  );
}
