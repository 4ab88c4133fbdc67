import type { DocumentReading } from '../../shared/document.ts';

/** What is being read at the moment, for people who wait. */
export interface ReadingBoard {
  /** In the order in which they were added. */
  readonly readings: readonly DocumentReading[];
  /** Notes a file; `end` takes it off again. */
  begin(name: string): { readonly progress: (fraction: number) => void; readonly end: () => void };
}

/** A board that is empty. */
export function createReadingBoard(onChange: () => void): ReadingBoard {
  const readings = new Map<symbol, DocumentReading>();
  return {
    get readings() {
      return [...readings.values()];
    },
    begin(name) {
      const key = Symbol(name);
      readings.set(key, { name, fraction: 0 });
      onChange();
      return {
        progress: (fraction) => {
          if (!readings.has(key)) return;
          readings.set(key, { name, fraction: Math.min(1, Math.max(0, fraction)) });
          onChange();
        },
        end: () => {
          readings.delete(key);
          onChange();
        },
      };
    },
  };
}
