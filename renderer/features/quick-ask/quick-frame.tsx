import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useShownHeight } from './use-shown-height.ts';

type QuickFrameProps = { readonly onKeyDown: (event: KeyboardEvent) => void; readonly children: ReactNode };

/** Fills the window of quick-ask, which follows its height; on an ordinary page, a card of the same width. */
export function QuickFrame({ onKeyDown, children }: QuickFrameProps) {
  const { t } = useTranslation('quickAsk');
  const content = useShownHeight();
  const isWindow = useApi().door.kind === 'desktop';
  return (
    // The keys work wherever the focus is; what is in here are the controls.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <main aria-label={t('label')} className="h-full overflow-y-auto" onKeyDown={onKeyDown}>
      <h1 className="sr-only">{t('label')}</h1>
      <div
        ref={content}
        className={classNames(
          'flex flex-col gap-2.5 bg-raised',
          !isWindow &&
            'mx-auto mt-[12vh] w-[min(640px,calc(100vw-32px))] overflow-hidden rounded-xl shadow-float ring-1 ring-hairline',
        )}
      >
        {children}
      </div>
    </main>
  );
}
