import { Info, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { OpenSavedChats } from './open-saved-chats.tsx';

type NoticeName = 'lost' | 'readOnly' | 'beside' | 'notChosen';

/** What a person should know about the keeping of chats, one line each at the head of the page. */
export function AccessNotices({ asksToChoose }: { readonly asksToChoose: boolean }) {
  const { t, i18n } = useTranslation('access');
  const access = useAccess();
  const [closed, setClosed] = useState<readonly NoticeName[]>([]);
  if (access?.state !== 'open') return null;
  const { lostCommits, isReadOnly, isBesideKept, isChosen } = access;
  const number = new Intl.NumberFormat(i18n.language);
  const due: readonly (readonly [NoticeName, boolean, ReactNode])[] = [
    ['lost', lostCommits > 0, t('notice.lost', { count: lostCommits, number: number.format(lostCommits) })],
    ['readOnly', isReadOnly, t('notice.readOnly')],
    [
      'beside',
      isBesideKept,
      <>
        {t('notice.beside')} <OpenSavedChats />
      </>,
    ],
    [
      'notChosen',
      !isChosen && !isBesideKept && asksToChoose,
      <>
        {t('notice.notChosen')}{' '}
        <a
          href={addressOf({ page: 'settings', section: 'privacy' })}
          className="font-medium text-accent underline underline-offset-2"
        >
          {t('notice.choose')}
        </a>
      </>,
    ],
  ];
  return due
    .filter(([name, isDue]) => isDue && !closed.includes(name))
    .map(([name, , words]) => (
      <div
        key={name}
        role="status"
        className="flex shrink-0 items-center gap-2.5 border-b border-hairline px-4 py-1 text-sm text-soft"
      >
        <Info aria-hidden size={14} className="shrink-0 text-cloud" />
        <p className="min-w-0 flex-1">{words}</p>
        <IconButton size="small" icon={X} label={t('close')} onClick={() => setClosed([...closed, name])} />
      </div>
    ));
}
