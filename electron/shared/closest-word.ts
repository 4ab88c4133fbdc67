/** The word that was probably meant: at most two slips away (one for words below five letters), or null. */
export function closestWord(typed: string, words: readonly string[]): string | null {
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const word of words) {
    const distance = editDistance(typed.toLowerCase(), word);
    if (distance <= (word.length < 5 ? 1 : 2) && (best === null || distance < best.distance)) best = { word, distance };
  }
  return best?.word ?? null;
}

/** Optimal string alignment distance: insert, delete, replace, and swap of neighbours each count one. */
function editDistance(from: string, to: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const before = previous;
    previous = current;
    current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(before, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(current, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
