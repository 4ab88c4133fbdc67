import { createElement, Fragment, memo } from 'react';
import { highlightCode } from '../../lib/markdown/highlight-code.ts';

/** Code with its colours. In a chunk of its own, with the grammars. */
export const ColouredCode = memo(function ColouredCode(props: { readonly text: string; readonly language: string }) {
  return createElement(Fragment, null, ...highlightCode(props.text, props.language));
});
