import { useState } from 'react';

const sentenceEnd = /[.!?…:](?=\s)|\n/g;

function endOfLastSentence(text: string): number {
  return [...text.matchAll(sentenceEnd)].at(-1)?.index ?? -1;
}

/** Tells a screen reader a growing answer sentence by sentence, for word by word nobody can listen to. */
export function SpokenAnswer({ text, isGrowing }: { readonly text: string; readonly isGrowing: boolean }) {
  const [spoken, setSpoken] = useState({ from: 0, to: isGrowing ? 0 : text.length });
  const end = isGrowing ? endOfLastSentence(text) + 1 : text.length;
  if (end > spoken.to) setSpoken({ from: spoken.to, to: end });
  return (
    <div className="sr-only" aria-live="polite">
      {text.slice(spoken.from, spoken.to)}
    </div>
  );
}
