import { lazy, memo, Suspense } from 'react';

const TypesetFormula = lazy(async () => {
  const { TypesetFormula: component } = await import('./typeset-formula.ts');
  return { default: component };
});

type FormulaProps = { readonly source: string; readonly raw: string; readonly isDisplay: boolean };

/** A formula of a text. A wide one scrolls in its frame, by keyboard too. */
export const Formula = memo(function Formula({ source, raw, isDisplay }: FormulaProps) {
  const formula = (
    <Suspense fallback={<code>{raw.trim()}</code>}>
      <TypesetFormula source={source} raw={raw.trim()} isDisplay={isDisplay} />
    </Suspense>
  );
  if (!isDisplay) return <span className="formula">{formula}</span>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span className="formula-frame" tabIndex={0}>
      {formula}
    </span>
  );
});
