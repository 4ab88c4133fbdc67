import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../../electron/shared/ids.ts';
import type { Message } from '../../../../electron/shared/message.ts';
import { useApi } from '../../../api/api-context.tsx';
import { toFailure } from '../../../api/failure.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

type CompareBranchesProps = {
  readonly shown: readonly Message[];
  readonly otherTipId: MessageId;
  readonly render: (message: Message) => ReactNode;
  readonly onShowOther: () => void;
  readonly onClose: () => void;
};

/** As many of each branch are drawn at first; branches that differ in more are rare. */
const messagesAtOnce = 30;

/** Two branches from where they part: side by side, or one above the other where there is no room. */
export function CompareBranches({ shown, otherTipId, render, onShowOther, onClose }: CompareBranchesProps) {
  const { t } = useTranslation('chat');
  const { query } = useApi();
  const back = useRef<HTMLButtonElement>(null);
  const branch = useQuery(query.conversations.branch.queryOptions({ input: { tipId: otherTipId } }));
  useEffect(() => back.current?.focus(), []);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('[role="dialog"]') !== null)
        return;
      event.preventDefault();
      close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  const other = branch.data ?? [];
  const parting = other.findIndex(({ id }, index) => shown[index]?.id !== id);
  const same = parting < 0 ? Math.min(other.length, shown.length) : parting;
  return (
    <section aria-label={t('compare.title')} className="compare flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-10 flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-hairline px-4 pb-2">
        <Button ref={back} data-compare-back look="quiet" onClick={onClose}>
          <ArrowLeft aria-hidden size={15} />
          {t('compare.back')}
        </Button>
        <p className="text-sm text-soft">{t('compare.same', { count: same })}</p>
      </header>
      {branch.error === null ? null : (
        <div className="p-4">
          <FailureNotice error={toFailure(branch.error)} />
        </div>
      )}
      {branch.data === undefined && branch.error === null ? (
        <div className="p-6">
          <Skeleton lines={4} />
        </div>
      ) : (
        <div className="compare-columns min-h-0 flex-1 overflow-y-auto">
          <Column title={t('compare.shown')} messages={shown.slice(same)} render={render} />
          <Column title={t('compare.other')} messages={other.slice(same)} render={render}>
            <Button onClick={onShowOther}>{t('branches.show')}</Button>
          </Column>
        </div>
      )}
    </section>
  );
}

type ColumnProps = {
  readonly title: string;
  readonly messages: readonly Message[];
  readonly render: (message: Message) => ReactNode;
  readonly children?: ReactNode;
};

function Column({ title, messages, render, children }: ColumnProps) {
  const { t } = useTranslation('chat');
  const [limit, setLimit] = useState(messagesAtOnce);
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-6 px-6 py-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{title}</h2>
        {children}
      </div>
      {messages.length === 0 ? <p className="text-base text-soft">{t('compare.ends')}</p> : null}
      {messages.slice(0, limit).map((message) => (
        <div key={message.id}>{render(message)}</div>
      ))}
      {messages.length > limit ? (
        <Button className="self-start" onClick={() => setLimit(limit + messagesAtOnce)}>
          {t('compare.more', { count: messages.length - limit })}
        </Button>
      ) : null}
    </section>
  );
}
