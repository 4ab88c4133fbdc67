import { canFill, fillPreset, takePreset } from '../../shared/fill-preset.ts';
import type { Preset } from '../../shared/preset.ts';
import type { QuickAskQuestion } from './quick-ask-service.ts';

/** What a message is made of: the question with its preset instead of the preset's id. */
export type Asked = Pick<QuickAskQuestion, 'text' | 'context'> & { readonly preset: Preset | null };

const shortestFence = 3;

/**
 * Foreign text between fences of quotation marks that it cannot close itself: they are longer than any row of such marks
 * in it. What could pass for a special token of the model is made harmless where the text becomes tokens.
 */
export function quoteContext(context: string): string {
  const longestRow = Math.max(0, ...[...context.matchAll(/"+/g)].map(([row]) => row.length));
  const fence = '"'.repeat(Math.max(shortestFence, longestRow + 1));
  return `${fence}\n${context.trim()}\n${fence}`;
}

/**
 * The message of a quick question; empty when there is nothing to ask. A preset works on the context where there is one, and
 * what was typed is then a wish about it; it comes last, where a small model heeds it most.
 */
export function composeQuestion({ text, context, preset }: Asked): string {
  const typed = text.trim();
  const quoted = context === null || context.trim() === '' ? '' : quoteContext(context);
  if (preset === null) return typed === '' ? '' : joinParagraphs(typed, quoted);
  const taken = takePreset(preset);
  const input = quoted === '' ? typed : quoted;
  if (!canFill(taken, input)) return '';
  return quoted === '' ? fillPreset(taken, input) : joinParagraphs(fillPreset(taken, quoted), typed);
}

/**
 * What a kept quick question is called: its preset and what that works on. Null where the words of the question themselves
 * say it.
 */
export function titleOf({ text, context, preset }: Asked): string | null {
  if (preset === null) return null;
  const about = text.trim() === '' ? (context ?? '') : text;
  const words = about.slice(0, 500).replaceAll(/\s+/g, ' ').trim();
  const letters = Array.from(words);
  return `${preset.name}: ${letters.slice(0, titleLength).join('')}${letters.length > titleLength ? '…' : ''}`;
}

/** Characters of the text in a title. */
const titleLength = 50;

function joinParagraphs(...paragraphs: readonly string[]): string {
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}
