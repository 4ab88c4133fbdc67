import { useMutation } from '@tanstack/react-query';
import { CircleAlert, FileText, MessageCircleQuestion, ScrollText, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DocumentDescription } from '../../../electron/shared/document.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useAskAbout, useStartSummary } from '../../api/use-document-work.ts';
import { useGo } from '../../lib/destination.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { documentTarget, useEvidence } from '../../lib/evidence.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { LeftOut, leftOutCount } from '../../ui/left-out.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

type DocumentProps = { readonly document: DocumentDescription };

export function DocumentRow({ document }: DocumentProps) {
  const { t, i18n } = useTranslation(['window', 'library']);
  const evidence = useEvidence();
  const number = new Intl.NumberFormat(i18n.language);
  const leftOut = leftOutCount(document.report);
  const hasFailed = document.status === 'failed';
  const Icon = hasFailed ? CircleAlert : FileText;
  const facts = [
    formatBytes(document.sizeBytes, i18n.language),
    t('documents.words', { count: document.words, words: number.format(document.words) }),
    document.pages === null
      ? t('documents.lines', { count: document.lines, lines: number.format(document.lines) })
      : t('library:single.pages', { count: document.pages, pages: number.format(document.pages) }),
  ];
  return (
    <li className="group flex items-center gap-3.5 border-b border-hairline py-3 last:border-b-0">
      <Icon
        aria-hidden
        size={20}
        strokeWidth={1.5}
        className={hasFailed ? 'shrink-0 text-problem' : 'shrink-0 text-faint'}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        {hasFailed ? (
          <p className="truncate text-base font-medium">{document.name}</p>
        ) : (
          <button
            type="button"
            aria-label={t('library:single.open', { name: document.name })}
            className="-ml-1 flex min-h-6 max-w-full self-start rounded-sm px-1 text-left hover:bg-hover"
            onClick={() => evidence.open(documentTarget(document))}
          >
            <span className="truncate text-base font-medium">{document.name}</span>
          </button>
        )}
        {hasFailed ? null : <p className="numeric truncate text-sm text-faint">{facts.join(' · ')}</p>}
        <DocumentState document={document} />
        {leftOut === 0 ? null : (
          <details className="text-sm text-soft">
            <summary className="min-h-6 rounded-sm text-cloud">{t('library:report.brief', { count: leftOut })}</summary>
            <LeftOut report={document.report} />
          </details>
        )}
      </div>
      <DocumentActions document={document} />
    </li>
  );
}

/** Read, being read, or why not, always in words. */
function DocumentState({ document }: DocumentProps) {
  const { t, i18n } = useTranslation();
  const words = useErrorWords();
  const { status, passages, passagesIndexed, error } = document;
  if (status === 'ready') return null;
  if (status === 'failed') {
    return (
      <p className="text-sm text-problem">
        {t('documents.cannotRead')} {error === null ? '' : words(error)}
      </p>
    );
  }
  const share = passages === 0 ? 0 : passagesIndexed / passages;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  return (
    <div className="flex max-w-72 flex-col gap-1.5 pt-0.5">
      <p className="text-sm text-soft">{t('documents.indexing', { percent })}</p>
      <ProgressBar label={t('documents.indexing', { percent })} fraction={share} />
    </div>
  );
}

function DocumentActions({ document: { id, name, status } }: DocumentProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const go = useGo();
  const notify = useNotify();
  const words = useErrorWords();
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const summarise = useStartSummary();
  const ask = useAskAbout();
  const restore = useMutation(query.documents.restore.mutationOptions({ onError }));
  const remove = useMutation(
    query.documents.remove.mutationOptions({
      onError,
      onSuccess: () =>
        notify({
          text: t('documents.removed', { name }),
          action: { label: t('action.undo'), onChoose: () => restore.mutate({ id }) },
        }),
    }),
  );
  return (
    <div className="flex shrink-0 gap-0.5">
      {status === 'failed' ? null : (
        <>
          <IconButton
            data-list-item
            icon={MessageCircleQuestion}
            label={t('documents.ask', { name })}
            onClick={() =>
              ask.mutate([id], {
                onSuccess: (conversation) => go({ page: 'chat', conversationId: conversation.id }),
                onError,
              })
            }
          />
          <IconButton
            icon={ScrollText}
            label={t('documents.summarise', { name })}
            onClick={() =>
              summarise.mutate(
                { documentId: id },
                { onSuccess: ({ summaryId }) => go({ page: 'summary', summaryId }), onError },
              )
            }
          />
        </>
      )}
      <IconButton icon={Trash2} label={t('documents.remove', { name })} onClick={() => remove.mutate({ id })} />
    </div>
  );
}
