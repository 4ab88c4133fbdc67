import { ClipboardPaste, Quote, TextSelect, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { quickAskTextLimit } from '../../../electron/shared/desktop.ts';
import type { FrontApp } from '../../../electron/shared/desktop.ts';
import type { QuickContext } from './quick-context.ts';

type ContextChipsProps = {
  readonly context: QuickContext | null;
  readonly reads: FrontApp['reads'];
  readonly isTaking: boolean;
  readonly onTake: (from: 'selection' | 'clipboard') => void;
  readonly onRemove: () => void;
};

/** The text that the question is about, or the ways to take one. */
export function ContextChips({ context, reads, isTaking, onTake, onRemove }: ContextChipsProps) {
  if (context !== null) return <ContextChip context={context} onRemove={onRemove} />;
  if (reads === 'none') return null;
  return (
    <div className="flex flex-wrap gap-1 px-3.5">
      {reads === 'selection' ? <TakeButton from="selection" isTaking={isTaking} onTake={onTake} /> : null}
      <TakeButton from="clipboard" isTaking={isTaking} onTake={onTake} />
    </div>
  );
}

type TakeButtonProps = Pick<ContextChipsProps, 'isTaking' | 'onTake'> & { readonly from: 'selection' | 'clipboard' };

function TakeButton({ from, isTaking, onTake }: TakeButtonProps) {
  const { t } = useTranslation('quickAsk');
  const Icon = from === 'selection' ? TextSelect : ClipboardPaste;
  return (
    <button
      type="button"
      disabled={isTaking}
      className="flex h-7 items-center gap-1.5 rounded-md px-2 text-sm text-soft hover:bg-hover hover:text-ink"
      onClick={() => onTake(from)}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0" />
      {t(from === 'selection' ? 'context.takeSelection' : 'context.takeClipboard')}
    </button>
  );
}

function ContextChip({ context, onRemove }: { readonly context: QuickContext; readonly onRemove: () => void }) {
  const { t, i18n } = useTranslation('quickAsk');
  const number = new Intl.NumberFormat(i18n.language);
  const { from, text, isCut } = context;
  return (
    <div className="flex flex-col gap-1 px-4">
      <div
        role="group"
        aria-label={t('context.label')}
        className="flex h-8 max-w-full items-center gap-2 self-start rounded-md bg-hover pl-2.5 text-sm"
      >
        <Quote aria-hidden size={13} className="shrink-0 text-faint" />
        <span className="shrink-0 font-medium">{t(`context.${from}`)}</span>
        <span className="min-w-0 truncate text-soft">{text.slice(0, 200)}</span>
        <span className="numeric shrink-0 text-xs text-soft">
          {t('context.size', { count: text.length, number: number.format(text.length) })}
        </span>
        <button
          type="button"
          className="flex size-8 shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink"
          aria-label={t('context.remove')}
          onClick={onRemove}
        >
          <X aria-hidden size={14} />
        </button>
      </div>
      {isCut ? (
        <p className="text-sm text-cloud">{t('context.cut', { number: number.format(quickAskTextLimit) })}</p>
      ) : null}
    </div>
  );
}
