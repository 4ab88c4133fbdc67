import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

type ConversationMenuProps = {
  readonly title: string;
  readonly onRename: () => void;
  readonly onRemove: () => void;
};

export function ConversationMenu({ title, onRename, onRemove }: ConversationMenuProps) {
  const { t } = useTranslation();
  return (
    <ChoiceMenu align="end" trigger={<IconButton size="small" icon={Ellipsis} label={t('chats.menu', { title })} />}>
      <Choice icon={Pencil} onChoose={onRename}>
        {t('action.rename')}
      </Choice>
      <Choice icon={Trash2} isDanger onChoose={onRemove}>
        {t('action.delete')}
      </Choice>
    </ChoiceMenu>
  );
}
