import { GitFork, Search, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useShortcut } from '../../lib/shortcut.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageTools } from '../../ui/page-tools.tsx';
import { LocalOnlyBadge } from './local-only-badge.tsx';

type ConversationToolsProps = {
  readonly conversationId: ConversationId;
  readonly hasBranches: boolean;
  readonly onOpen: (layer: 'find' | 'branches' | 'options') => void;
};

/** What can be opened over a conversation, in the strip at its head. */
export function ConversationTools({ conversationId, hasBranches, onOpen }: ConversationToolsProps) {
  const { t } = useTranslation('chat');
  useShortcut('f', () => {
    const field = document.querySelector<HTMLInputElement>('[data-find]');
    if (field === null) onOpen('find');
    else field.select();
  });
  return (
    <PageTools>
      <LocalOnlyBadge conversationId={conversationId} />
      <IconButton icon={Search} label={t('find.label')} onClick={() => onOpen('find')} />
      {hasBranches ? (
        <IconButton icon={GitFork} label={t('branches.title')} onClick={() => onOpen('branches')} />
      ) : null}
      <IconButton icon={SlidersHorizontal} label={t('options.title')} onClick={() => onOpen('options')} />
    </PageTools>
  );
}
