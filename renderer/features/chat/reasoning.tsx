import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReasoningView } from './answer-view.ts';

/** What the model thought before it answered: folded, with its time, and opened only by the reader. */
export function Reasoning({ reasoning: { text, durationMs, isGrowing } }: { readonly reasoning: ReasoningView }) {
  const { t, i18n } = useTranslation('chat');
  const seconds = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 });
  const title = isGrowing
    ? t('reasoning.growing')
    : durationMs === null
      ? t('reasoning.done')
      : t('reasoning.time', { seconds: seconds.format(durationMs / 1_000) });
  return (
    <Collapsible.Root className="flex flex-col">
      <Collapsible.Trigger className="-ml-2 flex min-h-8 max-w-full items-center gap-1.5 self-start rounded-md px-2 text-left text-sm text-soft hover:bg-hover hover:text-ink">
        <ChevronRight aria-hidden size={14} className="chevron shrink-0" />
        <span className="truncate">{title}</span>
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <p className="selectable mt-1 border-l-2 border-hairline pl-3 text-base break-words whitespace-pre-wrap text-soft">
          {text}
        </p>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
