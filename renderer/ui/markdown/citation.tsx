import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlaceWords } from '../place-words.ts';
import { MarkdownActionsContext } from './markdown-actions.ts';

/** [n] in an answer: opens the passage that it names. */
export function Citation({ mark }: { readonly mark: number }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const { passages, onOpenPassage } = use(MarkdownActionsContext);
  const cited = passages.find((passage) => passage.mark === mark);
  const place = cited === undefined ? '' : placeWords(cited.passage.documentName, cited.passage.place);
  return (
    <button
      type="button"
      className="citation"
      aria-label={t('evidence.openPassage', { mark, place })}
      onClick={() => onOpenPassage(mark)}
    >
      <span aria-hidden>{mark}</span>
    </button>
  );
}
