import type { ImportReport } from '../../shared/transfer.ts';

type Skipped = ImportReport['skipped'][number];

/** Examples of one reason. */
const exampleLimit = 3;
/** UTF-16 code units of one example. */
const exampleLength = 80;

/** One line, short, without what would mislead the eye. */
function example(title: string): string {
  const line = title
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return line.length <= exampleLength ? line : `${line.slice(0, exampleLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Counts what an import leaves out. */
export function createLeftOut() {
  const reasons = new Map<Skipped['reason'], { count: number; readonly examples: Set<string> }>();
  return {
    add(reason: Skipped['reason'], count: number, title: string): void {
      const entry = reasons.get(reason) ?? { count: 0, examples: new Set<string>() };
      reasons.set(reason, entry);
      entry.count += count;
      const words = example(title);
      if (words !== '' && entry.examples.size < exampleLimit) entry.examples.add(words);
    },
    list: (): ImportReport['skipped'] =>
      [...reasons].map(([reason, { count, examples }]) => ({ reason, count, examples: [...examples] })),
  };
}
