import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A wide table scrolls inside its frame, by keyboard too. */
export function TableFrame({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-frame" role="region" aria-label={t('markdown.table')} tabIndex={0}>
      {children}
    </div>
  );
}
