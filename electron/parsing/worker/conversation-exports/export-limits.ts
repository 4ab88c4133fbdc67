/** What the reading of one export does not go beyond. */
export type ExportLimits = {
  /** Bytes that are read in all, after inflating. */
  readonly totalBytes: number;
  /** Bytes of one conversation. */
  readonly conversationBytes: number;
  /** Nesting inside one conversation. */
  readonly depth: number;
  /** Files in an archive. */
  readonly entries: number;
};

/** Far beyond any export that was seen, and within the memory that the process has. */
export const exportLimits: ExportLimits = {
  totalBytes: 2 * 1024 ** 3,
  conversationBytes: 32 * 1024 ** 2,
  depth: 256,
  entries: 200_000,
};
