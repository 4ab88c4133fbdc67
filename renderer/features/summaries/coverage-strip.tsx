import { useTranslation } from 'react-i18next';
import type { Coverage, SummarySection } from '../../../electron/shared/summary.ts';
import { coverageShare } from './summary-view.ts';

type CoverageStripProps = { readonly coverage: Coverage; readonly sections: readonly SummarySection[] };

const percentOf = (offset: number, characters: number): string => `${(offset / characters) * 100}%`;

/** The document from its first to its last character, filled as it is read, with the borders of its sections. */
export function CoverageStrip({ coverage, sections }: CoverageStripProps) {
  const { t, i18n } = useTranslation();
  const { characters, charactersRead, sections: planned, sectionsRead } = coverage;
  const share = coverageShare(coverage);
  // Less than all must never be rounded up to all.
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(Math.floor(share * 100) / 100);
  const number = new Intl.NumberFormat(i18n.language);
  const words =
    planned === 0
      ? t('summary.coverageNone')
      : t('summary.coverage', {
          count: planned,
          read: number.format(sectionsRead),
          planned: number.format(planned),
          percent,
        });
  return (
    <figure className="flex flex-col gap-1.5">
      <div aria-hidden className="relative h-7 overflow-hidden rounded-md bg-hover">
        <div
          className="bar-fill absolute inset-y-0 left-0 bg-accent-wash"
          style={{ width: percentOf(charactersRead, Math.max(1, characters)) }}
        />
        {characters === 0
          ? null
          : sections.map(({ place, title }) => (
              <div
                key={place.start}
                title={title}
                className="absolute inset-y-0 border-r border-canvas bg-accent/25"
                style={{
                  left: percentOf(place.start, characters),
                  width: percentOf(place.end - place.start, characters),
                }}
              />
            ))}
      </div>
      <figcaption className="numeric text-sm text-faint">{words}</figcaption>
    </figure>
  );
}
