import { Laptop } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** A small sign on what does not leave this computer; nothing on what may. */
export function LocalOnlyMark({ isLocalOnly }: { readonly isLocalOnly: boolean }) {
  const { t } = useTranslation('cloud');
  if (!isLocalOnly) return null;
  return <Laptop role="img" aria-label={t('label.badge')} size={13} className="shrink-0 text-local" />;
}
