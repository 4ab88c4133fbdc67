import type { MessagePart } from '../../../shared/message.ts';

/** A text as parts, empty where it says nothing. */
export function textParts(text: string): readonly MessagePart[] {
  return text.trim() === '' ? [] : [{ type: 'text', text: text.trim() }];
}

/** Thinking as parts; `durationMs` where it is known. */
export function reasoningParts(text: string, durationMs?: number): readonly MessagePart[] {
  if (text.trim() === '') return [];
  return [{ type: 'reasoning', text: text.trim(), ...(durationMs === undefined ? {} : { durationMs }) }];
}

/** An answer that begins with what a model thought, between the marks that most reasoning models use. */
export function splitThinking(text: string): readonly MessagePart[] {
  const trimmed = text.trimStart();
  const [open, close] = ['<think>', '</think>'];
  const end = trimmed.startsWith(open) ? trimmed.indexOf(close) : -1;
  if (end < 0) return textParts(text);
  return [...reasoningParts(trimmed.slice(open.length, end)), ...textParts(trimmed.slice(end + close.length))];
}
