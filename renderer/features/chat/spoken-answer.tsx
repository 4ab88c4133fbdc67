import { useEffect, useState } from 'react';

const sentenceEnd = /[.!?…:](?=\s)|\n/g;
/** Long enough for a screen reader to take up the last sentence; then it is gone, for the answer itself can be read. */
const keptMs = 3_000;

function endOfLastSentence(text: string): number {
  return [...text.matchAll(sentenceEnd)].at(-1)?.index ?? -1;
}

type SpokenAnswerProps = { readonly text: string; readonly isGrowing: boolean };

/** Tells a screen reader a growing answer sentence by sentence, for word by word nobody can listen to. */
export function SpokenAnswer({ text, isGrowing }: SpokenAnswerProps) {
  const [spoken, setSpoken] = useState({ from: 0, to: isGrowing ? 0 : text.length, isOver: !isGrowing });
  const end = isGrowing ? endOfLastSentence(text) + 1 : text.length;
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
