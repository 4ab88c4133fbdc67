import { useTranslation } from 'react-i18next';
import type { Summary, SummarySection } from '../../../electron/shared/summary.ts';
import { useEvidence } from '../../lib/evidence.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { usePlaceWords } from '../../ui/place-words.ts';
import type { NumberedStatement } from './numbered-statements.ts';
import { SummaryStatements } from './summary-statements.tsx';

type SummarySectionsProps = {
  readonly summary: Pick<Summary, 'documentId' | 'documentName'>;
  readonly sections: readonly SummarySection[];
  /** Of each section, in the order of the sections. */
  readonly statements: readonly (readonly NumberedStatement[])[];
};

/** What every section says, each with the way to its place. */
export function SummarySections({ summary, sections, statements }: SummarySectionsProps) {
  const { t } = useTranslation();
  if (sections.length === 0) return null;
  const title = t('summary.sections');
  return (
    <section aria-label={title} className="flex flex-col">
      <h2 className="text-sm font-semibold text-faint">{title}</h2>
      {/* The keys move among the buttons inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className="flex flex-col" onKeyDown={moveInList}>
        {sections.map((section, index) => (
          <Section key={section.place.start} summary={summary} section={section} statements={statements[index] ?? []} />
        ))}
      </ol>
    </section>
  );
}

type SectionProps = Pick<SummarySectionsProps, 'summary'> & {
  readonly section: SummarySection;
  readonly statements: readonly NumberedStatement[];
};

function Section({ summary, section, statements }: SectionProps) {
  const { t } = useTranslation();
  const { open } = useEvidence();
  const openLink = useOpenLink();
  const placeWords = usePlaceWords();
  const { documentId, documentName } = summary;
  const { title, place } = section;
  const where = placeWords(documentName, place);
  return (
    <li className="flex flex-col gap-1.5 border-b border-hairline py-4 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="text-lg leading-[1.4] font-semibold">{title}</h3>
        <button
          data-list-item
          type="button"
          aria-label={t('summary.showPlace', { title, place: where })}
          className="numeric min-h-6 shrink-0 rounded-sm text-sm text-accent hover:underline"
          onClick={() => open({ documentId, documentName, place, mark: null, others: [] })}
        >
          {place.lines === undefined && place.page === undefined ? t('summary.showText') : placeWords(null, place)}
        </button>
      </div>
      {statements.length === 0 ? (
        <Markdown text={section.summary} onOpenLink={openLink} />
      ) : (
        <SummaryStatements style="by-section" statements={statements} />
      )}
      {section.isExtract === true ? <p className="text-sm text-soft">{t('summary.extract')}</p> : null}
    </li>
  );
}
