import { Laptop } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { KeptHere } from '../../api/use-cloud.ts';

/** Why no large model is offered in this chat, where one would be. */
export function KeptHereReason({ keptHere }: { readonly keptHere: KeptHere }) {
  const { t } = useTranslation('cloud');
  return (
    <p className="flex min-w-0 items-start gap-2 text-sm text-soft">
      <Laptop aria-hidden size={14} className="mt-0.5 shrink-0 text-local" />
      {t(`label.${keptHere.because}`, { name: keptHere.name })}
    </p>
  );
}
