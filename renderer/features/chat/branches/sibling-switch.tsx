import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../../electron/shared/ids.ts';
import { PlainIconButton } from '../../../ui/icon-button.tsx';

type SiblingSwitchProps = {
  readonly id: MessageId;
  readonly siblings: readonly MessageId[];
  readonly onShow: (id: MessageId) => void;
};

/** Which of several wordings or answers is shown, and the way to those beside it. */
export function SiblingSwitch({ id, siblings, onShow }: SiblingSwitchProps) {
  const { t } = useTranslation('chat');
  const index = siblings.indexOf(id);
  if (siblings.length < 2 || index < 0) return null;
  const step = (by: number): void => {
    const sibling = siblings[index + by];
    if (sibling !== undefined) onShow(sibling);
  };
  return (
    <div role="group" aria-label={t('siblings.label')} className="flex items-center">
      <PlainIconButton
        icon={ChevronLeft}
        label={t('siblings.previous')}
        disabled={index === 0}
        onClick={() => step(-1)}
      />
      <span className="numeric px-0.5 text-sm text-soft">
        {t('siblings.place', { place: index + 1, count: siblings.length })}
      </span>
      <PlainIconButton
        icon={ChevronRight}
        label={t('siblings.next')}
        disabled={index === siblings.length - 1}
        onClick={() => step(1)}
      />
    </div>
  );
}
