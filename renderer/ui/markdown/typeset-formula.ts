import { createElement, Fragment, memo } from 'react';
import { typesetFormula } from '../../lib/markdown/typeset-formula.ts';

type TypesetFormulaProps = { readonly source: string; readonly raw: string; readonly isDisplay: boolean };

/** A formula as it is printed, or as it was written where it cannot be. In a chunk of its own, with the typesetter. */
export const TypesetFormula = memo(function TypesetFormula({ source, raw, isDisplay }: TypesetFormulaProps) {
  const typeset = typesetFormula(source, isDisplay);
  if (typeset === undefined) return createElement('code', null, raw);
  return createElement(Fragment, null, typeset);
});
