import { useEffect, useMemo, useRef } from 'react';

type MarkedTextProps = {
  readonly label: string;
  readonly text: string;
  /** The highlighted stretch, as offsets in `text`; nothing is highlighted where it is empty or outside. */
  readonly from: number;
  readonly to: number;
  /** Number of the first line; lines are not numbered without it. */
  readonly firstLine?: number;
};

type Line = { readonly start: number; readonly text: string };

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ start, text: line });
    start += line.length + 1;
  }
  return lines;
}

/** A text by lines, a stretch of it highlighted; the stretch comes into sight by itself. */
export function MarkedText({ label, text, from, to, firstLine }: MarkedTextProps) {
  const frame = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(text), [text]);
  useEffect(() => {
    const [first, last] = [...(frame.current?.querySelectorAll('mark') ?? [])].flatMap((mark, index, all) =>
      index === 0 || index === all.length - 1 ? [mark] : [],
    );
    const box = frame.current;
    if (first === undefined || box === null) return;
    const height = (last ?? first).getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    first.scrollIntoView({ block: height > box.clientHeight * 0.7 ? 'start' : 'center' });
  }, [text, from, to]);
  return (
    <div
      ref={frame}
      role="region"
      aria-label={label}
      // Scrolled by keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="selectable max-h-[62vh] w-full overflow-y-auto rounded-lg bg-raised py-3 pr-4 pl-2 text-[13.5px] leading-[1.65] text-soft shadow-card ring-1 ring-hairline"
    >
      {lines.map((line, index) => (
        <div key={line.start} className="flex gap-2.5">
          {firstLine === undefined ? null : (
            <span aria-hidden className="numeric w-9 shrink-0 text-right text-xs leading-[22px] text-faint select-none">
              {firstLine + index}
            </span>
          )}
          <p className="min-h-[1.65em] min-w-0 flex-1 pl-1 break-words whitespace-pre-wrap">
            <LineText text={line.text} from={from - line.start} to={to - line.start} />
          </p>
        </div>
      ))}
    </div>
  );
}

type LineTextProps = { readonly text: string; readonly from: number; readonly to: number };

function LineText({ text, from, to }: LineTextProps) {
  const start = Math.max(0, from);
  const end = Math.min(text.length, to);
  if (end <= start) return text;
  return (
    <>
      {text.slice(0, start)}
      <mark className="scroll-mt-4 rounded-[3px] bg-mark px-0.5 py-px text-ink">{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}
