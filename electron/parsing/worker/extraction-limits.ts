/** Pages (slides, sheets, chapters) of one document that are read; more are left out with the omission `page-limit`. */
export const pageLimit = 10_000;

/** Characters of extracted text; what is beyond is left out with the omission `character-limit`. About 50 long novels. */
export const characterLimit = 20_000_000;

/** Characters of `hiddenSample` in a report. */
export const hiddenSampleLimit = 2_000;

/** Tables of one document that keep a header; the rows of more are plain lines. */
export const tableLimit = 20_000;
