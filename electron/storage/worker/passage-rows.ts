import { z } from 'zod';
import { documentFormatSchema, passageSchema } from '../../shared/document.ts';
import { documentHashSchema, documentIdSchema, passageIdSchema } from '../../shared/ids.ts';
import { jsonColumn } from './rows.ts';

/** What `selectPassages` gives, as the domain knows it. */
export const passageRowSchema = z
  .object({
    id: passageIdSchema,
    documentId: documentIdSchema,
    documentName: z.string(),
    documentHash: documentHashSchema,
    format: documentFormatSchema,
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    page: z.int().positive().nullable(),
    firstLine: z.int().positive().nullable(),
    lastLine: z.int().positive().nullable(),
    headings: jsonColumn(passageSchema.unwrap().shape.headings),
    text: z.string(),
  })
  .transform(({ documentHash, start, end, page, firstLine, lastLine, ...passage }) => ({
    ...passage,
    place: {
      documentHash,
      start,
      end,
      ...(page !== null && { page }),
      ...(firstLine !== null && lastLine !== null && { lines: { first: firstLine, last: lastLine } }),
    },
  }));

/** Passages `p` with their documents `d`, removed ones too. */
export const selectPassages = `
  SELECT p.id, d.id AS documentId, d.name AS documentName, d.hash AS documentHash, d.format, p.start_offset AS start,
    p.end_offset AS end, p.page, p.first_line AS firstLine, p.last_line AS lastLine, p.headings, p.text
  FROM passages p JOIN documents d ON d.number = p.document_number`;
