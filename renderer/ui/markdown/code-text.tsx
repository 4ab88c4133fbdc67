import { lazy, memo, startTransition, Suspense, useEffect, useState } from 'react';
import { colouredCodeLimit, colouredLength, splitCode } from '../../lib/markdown/code-pieces.ts';

const ColouredCode = lazy(async () => {
  const { ColouredCode: component } = await import('./coloured-code.ts');
  return { default: component };
});

/** Between two pieces of a long block, so that typing and scrolling come first. */
const pauseMs = 30;

type PieceProps = {
  readonly text: string;
  readonly language: string;
  readonly isColoured: boolean;
  readonly isGrowing: boolean;
};

const CodePiece = memo(function CodePiece({ text, language, isColoured, isGrowing }: PieceProps) {
  if (!isColoured) return <span className="code-piece">{text}</span>;
  const end = isGrowing ? colouredLength(text) : text.length;
  const coloured = text.slice(0, end);
  return (
    <span className="code-piece">
      <Suspense fallback={coloured}>
        <ColouredCode text={coloured} language={language} />
      </Suspense>
      {text.slice(end)}
    </span>
  );
});

type CodeTextProps = { readonly text: string; readonly language: string; readonly isGrowing: boolean };

/**
 * Code with its colours, piece by piece: the first at once, those after it one at a time, and a growing one by its
 * finished lines. However long the code is, no step takes long.
 */
export function CodeText({ text, language, isGrowing }: CodeTextProps) {
  const [readyCount, setReadyCount] = useState(1);
  const pieces = splitCode(text);
  const isPlain = language === '' || text.length > colouredCodeLimit;
  const isBehind = !isPlain && readyCount < pieces.length;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(() => startTransition(() => setReadyCount(readyCount + 1)), pauseMs);
    return () => clearTimeout(timer);
  }, [isBehind, readyCount]);
  return (
    <code>
      {pieces.map((piece, index) => (
        <CodePiece
          // A piece is what lies at its place: those before the last never change.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          text={piece}
          language={language}
          isColoured={!isPlain && index < readyCount}
          isGrowing={isGrowing && index === pieces.length - 1}
        />
      ))}
    </code>
  );
}
