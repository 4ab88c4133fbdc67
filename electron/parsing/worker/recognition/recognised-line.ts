import { z } from 'zod';

const boxSchema = z.object({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() }).readonly();

const wordSchema = z.object({ text: z.string(), confidence: z.number(), bbox: boxSchema }).readonly();

const lineSchema = z
  .object({
    words: z.array(wordSchema).readonly(),
    /** 0 to 100. */
    confidence: z.number(),
    bbox: boxSchema,
    baseline: boxSchema,
    rowAttributes: z.object({ rowHeight: z.number() }).readonly().optional(),
  })
  .readonly();

/** A line of a recognised page; positions in pixels of the picture, from its upper left corner. */
export type RecognisedLine = z.infer<typeof lineSchema>;

/** What tesseract tells of a page, as the lines in it. */
export const recognisedPageSchema = z
  .object({
    blocks: z.array(z.object({ paragraphs: z.array(z.object({ lines: z.array(lineSchema) })) })).nullable(),
  })
  .transform(({ blocks }) => (blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines)));
