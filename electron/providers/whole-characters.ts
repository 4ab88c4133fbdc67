/** Text that comes in pieces which may end within a character. */
export interface WholeCharacters {
  /** The piece without half a character at its end, which waits for the next one. Halves that never match become U+FFFD. */
  add(piece: string): string;
  /** What still waited. */
  end(): string;
}

const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Servers write emoji as two escapes and may send each by itself; a lone one is no text that can be stored or encrypted. */
export function createWholeCharacters(): WholeCharacters {
  let waiting = '';
  return {
    add(piece) {
      const all = waiting + piece;
      const isCut = isFirstHalf(all.charCodeAt(all.length - 1));
      waiting = isCut ? all.slice(-1) : '';
      return (isCut ? all.slice(0, -1) : all).toWellFormed();
    },
    end() {
      const rest = waiting.toWellFormed();
      waiting = '';
      return rest;
    },
  };
}
