import { useTranslation } from 'react-i18next';
import { useStatus } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { ZoneMark } from '../../ui/zone-mark.tsx';
import type { QuickQuestion } from './use-quick-question.ts';

type QuickFootProps = {
  /** What Escape does now; null where it does nothing. */
  readonly escape: 'escape' | 'escapeStop' | 'escapeClear' | null;
  readonly question: QuickQuestion;
  /** An ordinary page has a way back to the others; a window of its own is put away. */
  readonly hasWayBack: boolean;
};

/** Where it runs, with what, and the keys. */
export function QuickFoot({ escape, question, hasWayBack }: QuickFootProps) {
  const { t } = useTranslation(['quickAsk', 'window', 'chat']);
  const model = useStatus()?.model?.name;
  const route = question.run?.route ?? null;
  const hasAnswer = question.asked !== null;
  return (
    <footer className="flex h-8 items-center gap-2 overflow-hidden border-t border-hairline bg-side px-5 text-xs whitespace-nowrap text-soft">
      {route === null || route.zone === 'local' ? (
        <>
          <span aria-hidden className="size-[7px] shrink-0 rounded-full bg-local" />
          <span className="font-medium text-local">{t('window:zone.local')}</span>
        </>
      ) : (
        <span
          className="min-w-0 truncate"
          title={t(`chat:where.${route.zone}`, { why: t(`chat:why.${route.reason}`) })}
        >
          <ZoneMark zone={route.zone} /> {t(`chat:why.${route.reason}`)}
        </span>
      )}
      <span className="min-w-0 truncate">{hasAnswer ? t('foot.private') : model}</span>
      <span className="min-w-0 flex-1" />
      {hasWayBack ? (
        <a className="shrink-0 rounded-sm hover:text-ink" href={addressOf({ page: 'new-chat' })}>
          {t('foot.toChats')} ·
        </a>
      ) : null}
      <span className="shrink-0">{t('foot.enter')}</span>
      {escape === null ? null : <span className="shrink-0">· {t(`foot.${escape}`)}</span>}
    </footer>
  );
}
