import { Quote } from 'lucide-react';
import { createContext, use, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '../../../electron/shared/ids.ts';
import type { SummaryStyle } from '../../../electron/shared/summary.ts';
import { useEvidence } from '../../lib/evidence.ts';
import { classNames } from '../../ui/class-names.ts';
import { usePlaceWords } from '../../ui/place-words.ts';
import { quoteTarget } from './numbered-statements.ts';
import type { NumberedQuote, NumberedStatement } from './numbered-statements.ts';

type Chosen = {
  readonly mark: number | null;
  readonly choose: (statement: NumberedStatement, quote: NumberedQuote) => void;
};

const ChosenContext = createContext<Chosen>({ mark: null, choose: () => undefined });

type ChoosingProps = {
  readonly documentId: DocumentId;
  readonly documentName: string;
  readonly children: ReactNode;
};

/** Statements inside know which of their places stands in the column beside them. */
export function ChoosingPlaces({ documentId, documentName, children }: ChoosingProps) {
  const { open } = useEvidence();
  const [mark, setMark] = useState<number | null>(null);
  const choose: Chosen['choose'] = (statement, quote) => {
    setMark(quote.mark);
    open(quoteTarget({ documentId, documentName }, statement, quote));
  };
  return <ChosenContext value={{ mark, choose }}>{children}</ChosenContext>;
}

const isProse = (style: SummaryStyle): boolean => style === 'page' || style === 'one-sentence';

type SummaryStatementsProps = { readonly style: SummaryStyle; readonly statements: readonly NumberedStatement[] };

/** What the document says: as a text to read, or point by point, each with the way to its places. */
export function SummaryStatements({ style, statements }: SummaryStatementsProps) {
  if (isProse(style)) {
    return (
      <p className="selectable max-w-[37em] text-lg leading-[1.65] text-pretty">
        {statements.map((statement) => (
          <span key={statement.position}>
            <StatementText statement={statement} /> <PlaceChips statement={statement} />
          </span>
        ))}
      </p>
    );
  }
  return (
    <ol className="flex flex-col gap-1">
      {statements.map((statement) => (
        <StatementRow key={statement.position} statement={statement} />
      ))}
    </ol>
  );
}

function StatementRow({ statement }: { readonly statement: NumberedStatement }) {
  const { t } = useTranslation();
  const { mark } = use(ChosenContext);
  const isChosen = statement.quotes.some((quote) => quote.mark === mark);
  return (
    <li
      aria-current={isChosen}
      className={classNames(
        '-mx-3 flex flex-col gap-1 rounded-md border-l-2 px-3 py-2',
        isChosen ? 'border-accent bg-hover' : 'border-transparent',
      )}
    >
      <p className="selectable max-w-[37em] text-lg text-pretty">
        <StatementText statement={statement} />
      </p>
      <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <PlaceChips statement={statement} />
        {statement.quotes.length === 0 ? <span className="text-sm text-cloud">{t('summary.noPlace')}</span> : null}
      </p>
    </li>
  );
}

function StatementText({ statement: { text, isHidden } }: { readonly statement: NumberedStatement }): ReactNode {
  const { t } = useTranslation();
  return isHidden ? <span className="text-soft italic">{t('summary.hidden')}</span> : text;
}

/** [n] and the page of every place of a statement, and whether it stands there word for word. */
function PlaceChips({ statement }: { readonly statement: NumberedStatement }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const { mark: chosen, choose } = use(ChosenContext);
  return (
    <>
      {statement.quotes.map((quote) => {
        const place = placeWords(null, quote.place);
        return (
          <button
            key={quote.mark}
            type="button"
            aria-pressed={quote.mark === chosen}
            aria-label={t('evidence.openPassage', { mark: quote.mark, place })}
            {...(statement.isHidden ? {} : { title: quote.quote })}
            className="numeric mr-1 inline-flex h-6 items-center gap-1 rounded-sm bg-accent-wash px-1.5 align-baseline text-xs font-semibold text-accent hover:bg-accent hover:text-on-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
            onClick={() => choose(statement, quote)}
          >
            <span aria-hidden>[{quote.mark}]</span>
            {place === '' ? null : <span className="font-medium">{place}</span>}
          </button>
        );
      })}
      {statement.isExtract ? (
        <span
          title={t('summary.extractMeaning')}
          className="mr-1 inline-flex h-6 items-center gap-1 align-baseline text-xs text-soft"
        >
          <Quote aria-hidden size={11} /> {t('summary.extractMark')}
        </span>
      ) : null}
    </>
  );
}
