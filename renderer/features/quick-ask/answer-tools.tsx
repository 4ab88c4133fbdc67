import { AppWindow, ClipboardPaste, Copy } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

/** What can be done with an answer; null where it cannot be done. */
export type AnswerActions = {
  readonly copy: (() => void) | null;
  readonly paste: (() => void) | null;
  readonly continue: (() => void) | null;
};

type AnswerToolsProps = { readonly actions: AnswerActions; readonly isApple: boolean };

/** Takes an answer where it is needed. */
export function AnswerTools({ actions, isApple }: AnswerToolsProps) {
  const { t } = useTranslation(['quickAsk', 'window']);
  const control = isApple ? '⌘' : `${t('window:shortcuts.control')}+`;
  const shift = isApple ? '⇧' : `${t('window:shortcuts.shift')}+`;
  const isNothing = actions.copy === null && actions.paste === null && actions.continue === null;
  if (isNothing) return null;
  return (
    <div className="flex flex-wrap gap-1 px-3.5">
      <Tool icon={ClipboardPaste} keys={`${control}⏎`} label={t('tools.paste')} onClick={actions.paste} />
      <Tool icon={Copy} keys={isApple ? '⇧⌘C' : `${control}${shift}C`} label={t('tools.copy')} onClick={actions.copy} />
      <Tool
        icon={AppWindow}
        keys={isApple ? '⇧⌘⏎' : `${control}${shift}⏎`}
        label={t('tools.continue')}
        onClick={actions.continue}
      />
    </div>
  );
}

type ToolProps = {
  readonly icon: LucideIcon;
  readonly keys: string;
  readonly label: string;
  readonly onClick: (() => void) | null;
};

function Tool({ icon: Icon, keys, label, onClick }: ToolProps) {
  if (onClick === null) return null;
  return (
    <Button look="quiet" className="h-7 px-2 text-sm font-normal" onClick={onClick}>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {label}
      <span aria-hidden>
        <KeyHint>{keys}</KeyHint>
      </span>
    </Button>
  );
}
