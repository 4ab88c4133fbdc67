import { Popover } from '@base-ui/react/popover';
import { Laptop } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useLargeModels, useLocalOnly } from '../../api/use-cloud.ts';

/** Whether large models may be asked in this chat: the label that holds and through what, or that they may. */
export function LocalOnlyBadge({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation('cloud');
  const localOnly = useLocalOnly(conversationId);
  const largeModels = useLargeModels();
  if (localOnly === undefined || !localOnly.isLocalOnly) {
    return largeModels === null ? null : (
      <span className="px-1.5 text-xs text-soft max-sm:sr-only">{t('status.chat')}</span>
    );
  }
  return (
    <Popover.Root>
      <Popover.Trigger className="flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-xs font-medium text-local hover:bg-hover">
        <Laptop aria-hidden size={13} className="shrink-0" />
        <span className="truncate max-sm:sr-only">{t('label.badge')}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup className="popup w-[min(300px,calc(100vw-24px))] rounded-lg bg-raised p-3 text-base shadow-float outline-none">
            <Popover.Description>{t(`label.${localOnly.because}`, { name: localOnly.name })}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
