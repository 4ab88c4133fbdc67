import { useEffect, useState } from 'react';

const sentenceEnd = /[.!?…:](?=\s)|\n/g;
/** Long enough for a screen reader to take up the last sentence; then it is gone, for the answer itself can be read. */
const keptMs = 3_000;

/** Where the last whole sentence behind `from` ends; what was looked at before is not looked at again. */
function endOfLastSentence(text: string, from: number): number {
  const last = [...text.slice(from).matchAll(sentenceEnd)].at(-1)?.index;
  return last === undefined ? from : from + last + 1;
}

type SpokenAnswerProps = { readonly text: string; readonly isGrowing: boolean };

/** Tells a screen reader a growing answer sentence by sentence, for word by word nobody can listen to. */
export function SpokenAnswer({ text, isGrowing }: SpokenAnswerProps) {
  const [spoken, setSpoken] = useState({ from: 0, to: text.length, isOver: true });
  // What was there when the page was opened can be read; only what comes after it is told.
  const end = isGrowing ? endOfLastSentence(text, Math.min(spoken.to, text.length)) : text.length;
  if (end > spoken.to) setSpoken({ from: spoken.to, to: end, isOver: false });
  useEffect(() => {
    if (isGrowing) return undefined;
    const timer = setTimeout(() => setSpoken((last) => ({ ...last, isOver: true })), keptMs);
    return () => clearTimeout(timer);
  }, [isGrowing]);
  return (
    <div className="sr-only" aria-live="polite">
      {spoken.isOver ? '' : text.slice(spoken.from, spoken.to)}
    </div>
  );
}
