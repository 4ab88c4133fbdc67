import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NoticeName } from '../../electron/shared/message.ts';

type AnswerNoticesProps = { readonly notices: readonly NoticeName[]; readonly unsupportedCount: number };

const warnings: ReadonlySet<NoticeName> = new Set(['interrupted', 'safe-mode', 'index-incomplete']);

/** What the reader should know about an answer, in words under it. */
export function AnswerNotices({ notices, unsupportedCount }: AnswerNoticesProps) {
  const { t } = useTranslation();
  const shown = notices.filter((name) => name !== 'not-in-documents');
  if (shown.length === 0 && unsupportedCount === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {unsupportedCount > 0 ? (
        <li className="flex gap-2 text-sm text-cloud">
          <TriangleAlert aria-hidden size={14} className="mt-0.5 shrink-0" />
          {t('evidence.unsupported', { count: unsupportedCount })}
        </li>
      ) : null}
      {shown.map((name) => {
        const Icon = warnings.has(name) ? CircleAlert : Info;
        return (
          <li key={name} className="flex gap-2 text-sm text-soft">
            <Icon aria-hidden size={14} className="mt-0.5 shrink-0" />
            {t(`notice.${name}`)}
          </li>
        );
      })}
    </ul>
  );
}
