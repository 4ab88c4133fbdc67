import { Download, MessageCircleQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Summary } from '../../../electron/shared/summary.ts';
import { toFailure } from '../../api/failure.ts';
import { useAskAbout } from '../../api/use-document-work.ts';
import { useExportSummary } from '../../api/use-summaries.ts';
import { useGo } from '../../lib/destination.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useNotify } from '../../ui/notifications.tsx';

const formats = ['markdown', 'docx', 'pdf'] as const;

type SummaryToolsProps = {
  readonly summary: Pick<Summary, 'id' | 'documentId'>;
  /** What is copied; empty while there is nothing to take along. */
  readonly text: string;
};

/** Asks further about the document, and takes the summary along. */
export function SummaryTools({ summary: { id, documentId }, text }: SummaryToolsProps) {
  const { t } = useTranslation();
  const go = useGo();
  const notify = useNotify();
  const words = useErrorWords();
  const ask = useAskAbout();
  const save = useExportSummary();
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  return (
    <>
      {text === '' ? null : (
        <>
          <CopyButton text={text} label={t('summary.copy')} />
          <ChoiceMenu
            align="end"
            trigger={
              <Button disabled={save.isPending}>
                <Download aria-hidden size={15} /> {t(save.isPending ? 'summary.exporting' : 'summary.export')}
              </Button>
            }
          >
            {formats.map((format) => (
              <Choice
                key={format}
                onChoose={() =>
                  save.mutate(
                    { id, format },
                    { onSuccess: (name) => notify({ text: t('summary.exported', { name }) }), onError },
                  )
                }
              >
                {t(`summary.formats.${format}`)}
              </Choice>
            ))}
          </ChoiceMenu>
        </>
      )}
      <Button
        onClick={() =>
          ask.mutate([documentId], {
            onSuccess: (conversation) => go({ page: 'chat', conversationId: conversation.id }),
            onError,
          })
        }
      >
        <MessageCircleQuestion aria-hidden size={15} /> {t('drop.ask')}
      </Button>
    </>
  );
}
