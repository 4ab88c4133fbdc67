import { Popover } from '@base-ui/react/popover';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextMeter as Meter } from '../../../../electron/shared/context-meter.ts';
import type { ConversationId } from '../../../../electron/shared/ids.ts';
import { useApi } from '../../../api/api-context.tsx';
import { useConversationCost } from '../../../api/use-cloud.ts';
import { moneyWords } from '../../../lib/money-words.ts';

const pauseMs = 500;
const ringLength = 2 * Math.PI * 6;

type Counted = { readonly text: string; readonly turn: number };

/** What the window of the model would hold if the draft were sent now; asked for when the writing pauses. */
function useMeter(conversationId: ConversationId | null, text: string, version: string): Meter | undefined {
  const { client } = useApi();
  const [settled, setSettled] = useState<Counted>({ text, turn: 0 });
  useEffect(() => {
    const timer = setTimeout(
      () => setSettled((last) => (last.text === text ? last : { text, turn: last.turn + 1 })),
      pauseMs,
    );
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery({
    // The text itself would be a key of megabytes.
    queryKey: ['chat-meter', conversationId, version, settled.turn],
    queryFn: ({ signal }) =>
      client.chat.meter({ ...(conversationId === null ? {} : { conversationId }), text: settled.text }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  }).data;
}

type ContextMeterProps = {
  readonly conversationId: ConversationId | null;
  readonly text: string;
  /** Changes with everything else that is in the window: messages, instructions, the model. */
  readonly version: string;
};

const usedTokens = ({ systemTokens, summaryTokens, historyTokens, draftTokens }: Meter): number =>
  systemTokens + summaryTokens + historyTokens + draftTokens;

/** How full the model's context window is, and in words what is in it. */
export function ContextMeter({ conversationId, text, version }: ContextMeterProps) {
  const { t, i18n } = useTranslation('chat');
  const meter = useMeter(conversationId, text, version);
  if (meter === undefined) return null;
  const share = Math.min(1, usedTokens(meter) / meter.windowTokens);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  const isTight = meter.isTooLong || meter.trimmedTurns > 0;
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={t(meter.isTooLong ? 'meter.tooLong' : 'meter.label', { percent })}
        className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-xs text-soft hover:bg-hover hover:text-ink"
      >
        <svg aria-hidden width="16" height="16" viewBox="0 0 16 16" className="-rotate-90">
          <circle cx="8" cy="8" r="6" fill="none" strokeWidth="2.5" className="stroke-edge" />
          <circle
            cx="8"
            cy="8"
            r="6"
            fill="none"
            strokeWidth="2.5"
            strokeDasharray={`${share * ringLength} ${ringLength}`}
            className={meter.isTooLong ? 'stroke-problem' : isTight ? 'stroke-cloud' : 'stroke-accent'}
          />
        </svg>
        <span className="numeric max-sm:sr-only">{percent}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} side="top" align="end" className="z-50">
          <Popover.Popup className="popup w-[min(340px,calc(100vw-24px))] rounded-lg bg-raised p-4 shadow-float outline-none">
            <MeterWords meter={meter} />
            <CostWords conversationId={conversationId} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function MeterWords({ meter }: { readonly meter: Meter }) {
  const { t, i18n } = useTranslation('chat');
  const number = new Intl.NumberFormat(i18n.language);
  const rows = [
    ['system', meter.systemTokens],
    ['history', meter.historyTokens],
    ['summary', meter.summaryTokens],
    ['draft', meter.draftTokens],
    ['answer', meter.answerTokens],
  ] as const;
  return (
    <>
      <Popover.Title className="text-base font-semibold">{t('meter.title')}</Popover.Title>
      <Popover.Description className="mt-0.5 text-sm text-soft">
        {t('meter.text', { tokens: number.format(meter.windowTokens), count: Math.round(meter.windowTokens / 680) })}
      </Popover.Description>
      <dl className="mt-2">
        {rows.map(([name, tokens]) =>
          tokens === 0 && (name === 'summary' || name === 'system') ? null : (
            <div key={name} className="flex min-h-7 items-center justify-between gap-4 border-t border-hairline">
              <dt className="text-sm text-soft">{t(`meter.${name}`)}</dt>
              <dd className="numeric text-sm">{number.format(tokens)}</dd>
            </div>
          ),
        )}
      </dl>
      {meter.trimmedTurns === 0 ? null : (
        <p className="mt-2 text-sm text-cloud">{t(`meter.${meter.trimming}`, { count: meter.trimmedTurns })}</p>
      )}
      {meter.isTooLong ? <p className="mt-2 text-sm text-problem">{t('meter.tooLongText')}</p> : null}
      {meter.isEstimate ? <p className="mt-2 text-sm text-faint">{t('meter.estimate')}</p> : null}
    </>
  );
}

/** What large models cost in this chat; nothing where none was asked. */
function CostWords({ conversationId }: Pick<ContextMeterProps, 'conversationId'>) {
  const { t, i18n } = useTranslation('cloud');
  const cost = useConversationCost(conversationId);
  if (cost === undefined || cost.tokens === 0) return null;
  const rows = [
    ['cost', moneyWords(cost.costMicroDollars, i18n.language)],
    ['tokens', new Intl.NumberFormat(i18n.language).format(cost.tokens)],
  ] as const;
  return (
    <dl className="mt-2">
      {rows.map(([name, words]) => (
        <div key={name} className="flex min-h-7 items-center justify-between gap-4 border-t border-hairline">
          <dt className="text-sm text-soft">{t(`meter.${name}`)}</dt>
          <dd className="numeric text-sm">{words}</dd>
        </div>
      ))}
    </dl>
  );
}
