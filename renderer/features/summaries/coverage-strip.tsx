import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentPage } from '../../../electron/shared/document.ts';
import type { Coverage, SummarySection } from '../../../electron/shared/summary.ts';
import { useMedia } from '../../lib/use-media.ts';
import { classNames } from '../../ui/class-names.ts';
import { stripSegments } from './strip-segments.ts';
import type { StripSegment, Stretch } from './strip-segments.ts';
import { coverageShare } from './summary-view.ts';

type CoverageStripProps = {
  readonly coverage: Coverage;
  readonly sections: readonly SummarySection[];
  /** Empty for a text without pages. */
  readonly pages: readonly DocumentPage[];
  readonly read: readonly Stretch[];
  /** Undefined where there is nothing to show it in: the document was removed. */
  readonly onOpen: ((segment: StripSegment) => void) | undefined;
};

/** So many that each is wide enough to hit, also beside an open source. */
const segmentLimits = { wide: 20, narrow: 14 } as const;

const keySteps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => Math.min(count - 1, index + 1),
  ArrowLeft: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The document from its first to its last page, filled as it is read; a segment names its pages and opens them. */
export function CoverageStrip({ coverage, sections, pages, read, onOpen }: CoverageStripProps) {
  const { t } = useTranslation();
  const isWide = useMedia('(min-width: 1280px)');
  const words = useSegmentWords();
  const [current, setCurrent] = useState(0);
  const [isPointed, setPointed] = useState(false);
  const segments = stripSegments(
    { coverage, sections, pages, read },
    isWide ? segmentLimits.wide : segmentLimits.narrow,
  );
  const tabStop = Math.min(current, segments.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = keySteps[event.key]?.(tabStop, segments.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  const shown = isPointed ? segments[tabStop] : undefined;
  const coverageWords = useCoverageWords(coverage);
  return (
    <figure className="flex flex-col gap-1.5">
      {/* The keys move among the buttons inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="group"
        aria-label={t('summary.strip.label')}
        className="flex h-8 gap-px overflow-hidden rounded-md"
        onKeyDown={onKeyDown}
        onPointerLeave={() => setPointed(false)}
        onBlur={() => setPointed(false)}
      >
        {segments.map((segment, index) => (
          <Segment
            key={segment.start === segment.end ? `${segment.start}-${index}` : segment.start}
            segment={segment}
            label={words(segment).name}
            isTabStop={index === tabStop}
            onPoint={() => {
              setCurrent(index);
              setPointed(true);
            }}
            onOpen={onOpen === undefined ? undefined : () => onOpen(segment)}
          />
        ))}
      </div>
      <figcaption className="numeric flex min-h-[18px] flex-wrap justify-between gap-x-4 text-sm text-faint">
        <span>{coverageWords}</span>
        <span aria-hidden className="min-w-0 truncate text-soft">
          {shown === undefined ? '' : words(shown).caption}
        </span>
      </figcaption>
      {segments.some(({ unreadablePages }) => unreadablePages > 0) ? (
        <p className="text-sm text-faint">{t('summary.strip.legend')}</p>
      ) : null}
    </figure>
  );
}

type SegmentProps = {
  readonly segment: StripSegment;
  readonly label: string;
  readonly isTabStop: boolean;
  readonly onPoint: () => void;
  readonly onOpen: (() => void) | undefined;
};

function Segment({ segment, label, isTabStop, onPoint, onOpen }: SegmentProps) {
  const { weight, share, unreadablePages } = segment;
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={onOpen === undefined}
      tabIndex={isTabStop ? 0 : -1}
      className="group relative min-w-6 flex-1 overflow-hidden bg-pressed outline-offset-[-2px] hover:bg-edge"
      style={{ flexGrow: weight }}
      onPointerEnter={onPoint}
      onFocus={onPoint}
      onClick={onOpen}
    >
      <span
        aria-hidden
        className="bar-fill absolute inset-y-0 left-0 bg-accent/55 group-hover:bg-accent/80"
        style={{ width: `${share * 100}%` }}
      />
      {unreadablePages === 0 ? null : (
        <span
          aria-hidden
          className={classNames(
            'absolute inset-x-0 bottom-0 h-2',
            'bg-[repeating-linear-gradient(135deg,var(--problem)_0_2px,var(--raised)_2px_5px)]',
          )}
        />
      )}
    </button>
  );
}

/** What a segment is called, for the eye and for a screen reader. */
function useSegmentWords(): (segment: StripSegment) => { readonly caption: string; readonly name: string } {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return ({ pages, title, share, unreadablePages, start }) => {
    const where =
      pages === null
        ? (title ?? t(start === 0 ? 'summary.strip.all' : 'summary.strip.rest'))
        : t(pages.first === pages.last ? 'summary.strip.page' : 'summary.strip.pages', {
            first: number.format(pages.first),
            last: number.format(pages.last),
          });
    const progress = share >= 1 ? 'read' : share > 0 ? 'partly' : 'unread';
    const states = [t(`summary.strip.${progress}`)];
    if (unreadablePages > 0) states.push(t('summary.strip.unreadable', { count: unreadablePages }));
    const named = pages === null || title === null ? where : `${where}, ${title}`;
    const state = states.join(', ');
    return { caption: `${named} · ${state}`, name: t('summary.strip.open', { where: named, state }) };
  };
}

/** How much was read, in numbers. */
function useCoverageWords(coverage: Coverage): string {
  const { t, i18n } = useTranslation();
  const { sections: planned, sectionsRead } = coverage;
  if (planned === 0) return t('summary.coverageNone');
  const number = new Intl.NumberFormat(i18n.language);
  // Less than all must never be rounded up to all.
  const share = Math.floor(coverageShare(coverage) * 100) / 100;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  return t('summary.coverage', {
    count: planned,
    read: number.format(sectionsRead),
    planned: number.format(planned),
    percent,
  });
}
