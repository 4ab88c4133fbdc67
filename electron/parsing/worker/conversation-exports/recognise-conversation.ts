import type { ImportSource } from '../../../shared/transfer.ts';
import { convertChatgpt } from './convert-chatgpt.ts';
import { convertJan } from './convert-jan.ts';
import { convertLmStudio } from './convert-lm-studio.ts';
import { convertOpenWebui } from './convert-open-webui.ts';
import { convertSotto } from './convert-sotto.ts';
import type { Converted } from './converted.ts';
import { fieldsOf, listOf } from './read-field.ts';
import type { Fields } from './read-field.ts';

/** A conversation in the shape of its program, not looked at any further. */
export type Recognised = { readonly source: ImportSource; convert(): Converted };

const some = (list: unknown, test: (fields: Fields) => boolean): boolean =>
  listOf(list).some((item) => test(fieldsOf(item) ?? {}));

/** Tells whose conversation a value is by what only that program writes. Null for anything else. */
export function recogniseConversation(value: unknown, isSotto: boolean): Recognised | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const { mapping, messages, chat, history } = fields;
  if (isSotto) return { source: 'sotto', convert: () => convertSotto(fields) };
  if (fieldsOf(mapping) !== null) return { source: 'chatgpt', convert: () => convertChatgpt(fields) };
  if (fields['object'] === 'thread') {
    return { source: 'jan', convert: () => convertJan({ thread: fields, messages: [], folder: '' }) };
  }
  const isEmptyLmStudio = Array.isArray(messages) && messages.length === 0 && 'perChatPredictionConfig' in fields;
  if (isEmptyLmStudio || some(messages, ({ versions }) => Array.isArray(versions))) {
    return { source: 'lm-studio', convert: () => convertLmStudio(fields) };
  }
  const isTurn = ({ role, content }: Fields): boolean => typeof role === 'string' && content !== undefined;
  const hasHistory = fieldsOf(fieldsOf(history)?.['messages']) !== null;
  if (fieldsOf(chat) !== null || hasHistory || some(messages, isTurn)) {
    return { source: 'open-webui', convert: () => convertOpenWebui(fields) };
  }
  return null;
}
