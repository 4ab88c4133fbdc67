import type { Leak } from './find-leaks.ts';
import type { Redactor } from './create-redactor.ts';
import type { RestoringStream } from './restore-text.ts';

/** What is replaced in the texts of one conversation. */
export type ConversationRedactor = Redactor;

/** Personal data in what is about to leave, and in what comes home. */
export interface RedactionService {
  /** Starts without memory; one for each conversation. */
  createRedactor(): Redactor;
  /** Originals that still stand in bytes that are about to leave. */
  findLeaks(body: string, redactor: Pick<Redactor, 'originals'>): readonly Leak[];
  /** Puts the originals back into a whole text. */
  restoreText(text: string, redactor: Pick<Redactor, 'originalOf'>): string;
  /** Puts them back into a text that comes in pieces; one for each answer. */
  createRestoringStream(redactor: Pick<Redactor, 'originalOf'>): RestoringStream;
}
