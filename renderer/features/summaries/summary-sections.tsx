import { useTranslation } from 'react-i18next';
import type { Summary, SummarySection } from '../../../electron/shared/summary.ts';
import { useEvidence } from '../../lib/evidence.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { usePlaceWords } from '../../ui/place-words.ts';

type SummarySectionsProps = { readonly summary: Summary; readonly sections: readonly SummarySection[] };

/** What each section says, and the way to where it says it. */
export function SummarySections({ summary, sections }: SummarySectionsProps) {
  const { t } = useTranslation();
  if (sections.length === 0) return null;
  return (
    <section aria-label={t('summary.sections')} className="flex flex-col gap-1">
      <h2 className="text-sm font-semibold text-faint">{t('summary.sections')}</h2>
      {/* The keys move among the buttons inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className="flex flex-col" onKeyDown={moveInList}>
        {sections.map((section) => (
          <Section key={section.place.start} summary={summary} section={section} />
        ))}
      </ol>
    </section>
  );
}

function Section({ summary, section }: { readonly summary: Summary; readonly section: SummarySection }) {
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
      <Markdown text={section.summary} onOpenLink={openLink} />
      {section.isExtract === true ? <p className="text-sm text-soft">{t('summary.extract')}</p> : null}
    </li>
  );
}
