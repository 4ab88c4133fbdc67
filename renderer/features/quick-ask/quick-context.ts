import { quickAskTextLimit } from '../../../electron/shared/desktop.ts';

/** Foreign text that the next question is about. */
export type QuickContext = {
  readonly from: 'selection' | 'clipboard' | 'pasted';
  readonly text: string;
  /** There was more than a question can carry. */
  readonly isCut: boolean;
};

/** A paste of this many characters is a text to work on, and no part of the question. */
const longPaste = 400;

/** The context that a paste is; null for one that belongs into the field. */
export function pastedContext(text: string): QuickContext | null {
  if (text.length < longPaste) return null;
  return { from: 'pasted', text: text.slice(0, quickAskTextLimit), isCut: text.length > quickAskTextLimit };
}
