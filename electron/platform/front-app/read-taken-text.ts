import { quickAskTextLimit, type TakenText } from '../../shared/desktop.ts';

/** What was read, cut where it is too long, never inside a character. Only white space counts as nothing. */
export function readTakenText(from: 'selection' | 'clipboard', text: string): TakenText {
  if (text.trim() === '') return { status: 'empty' };
  const isCut = text.length > quickAskTextLimit;
  const kept = isCut ? text.slice(0, quickAskTextLimit).replace(/[\uD800-\uDBFF]$/, '') : text;
  // Programs that count in bytes leave halves of characters at the ends.
  return { status: 'taken', from, text: kept.toWellFormed(), isCut };
}
