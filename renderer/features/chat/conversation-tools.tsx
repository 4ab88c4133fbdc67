import { GitFork, Search, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../lib/shortcut.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageTools } from '../../ui/page-tools.tsx';

type ConversationToolsProps = {
  readonly hasBranches: boolean;
  readonly onOpen: (layer: 'find' | 'branches' | 'options') => void;
};

/** What can be opened over a conversation, in the strip at its head. */
export function ConversationTools({ hasBranches, onOpen }: ConversationToolsProps) {
  const { t } = useTranslation('chat');
  useShortcut('f', () => {
    const field = document.querySelector<HTMLInputElement>('[data-find]');
    if (field === null) onOpen('find');
    else field.select();
  });
  return (
    <PageTools>
      <IconButton icon={Search} label={t('find.label')} onClick={() => onOpen('find')} />
      {hasBranches ? (
        <IconButton icon={GitFork} label={t('branches.title')} onClick={() => onOpen('branches')} />
      ) : null}
      <IconButton icon={SlidersHorizontal} label={t('options.title')} onClick={() => onOpen('options')} />
    </PageTools>
  );
}
