import type { DocumentFormat } from '../../shared/document.ts';

/** Formats that are text in the file, and those that are not. */
export type TextFormat = Extract<DocumentFormat, 'text' | 'markdown' | 'code' | 'table' | 'html'>;
export type BinaryFormat = Exclude<DocumentFormat, TextFormat | 'email'>;
