/** A passage's number and its cosine with what was looked for. */
export type NearPassage = { readonly number: number; readonly score: number };

/** Keeps the best of what it is offered. */
export type NearestList = {
  readonly offer: (number: number, score: number) => void;
  /** Best first; of equals, the lower number. */
  readonly sorted: () => readonly NearPassage[];
};

/** The best of all that is offered, in a heap whose root is the worst of them. */
export function createNearestList(limit: number): NearestList {
  const heap: NearPassage[] = [];
  const isWorse = (one: NearPassage, other: NearPassage): boolean =>
    one.score < other.score || (one.score === other.score && one.number > other.number);
  const sink = (item: NearPassage): void => {
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = right && left && isWorse(right, left) ? 2 * at + 2 : 2 * at + 1;
      const worst = heap[child];
      if (!worst || !isWorse(worst, item)) break;
      heap[at] = worst;
      at = child;
    }
    heap[at] = item;
  };
  const sorted = (): NearPassage[] => heap.toSorted((one, other) => (isWorse(one, other) ? 1 : -1));

  return {
    offer: (number: number, score: number): void => {
      const [worst] = heap;
      if (heap.length === limit) {
        if (worst && isWorse(worst, { number, score })) sink({ number, score });
        return;
      }
      heap.push({ number, score });
      // A list in the order from the worst is a heap.
      if (heap.length === limit) heap.sort((one, other) => (isWorse(one, other) ? -1 : 1));
    },
    sorted,
  };
}
