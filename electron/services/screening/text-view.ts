/** A text as a model would read it, and where each of its characters stands in the text itself. */
export type TextView = {
  readonly text: string;
  /** Offset in the original of the character at `index`; the original's length for an index at the end. */
  originalIndex(index: number): number;
};

/** Characters that no reader sees, and marks of Markdown that split words. */
const unseen = /[\p{Default_Ignorable_Code_Point}\ufff9\ufffa\ufffb*`~]/u;
/** Letters in dress: full width, mathematical, circled. */
const dressed = /[\u2460-\u24ff\uff01-\uff5e]|[\u{1d400}-\u{1d7ff}]|[\u{1f130}-\u{1f189}]/u;
const strange = new RegExp(`(?:${unseen.source})+|${dressed.source}`, 'gu');

/** Letters of other alphabets that look like Latin ones; Unicode's confusables (UTS 39), the common ones. */
const lookalikes: ReadonlyMap<string, string> = new Map(
  (
    'аa еe оo рp сc уy хx іi ѕs јj ԁd һh ɡg ӏl ԛq ԝw вb нh тt мm кk пn гr ' +
    'АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЅS αa εe ιi κk νv οo ρp τt υu ΑA ΒB ΕE ΙI ΚK ΜM ΝN ΟO ΡP ΤT'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

/** Words that mix Latin letters with letters that look like them. One length in, one length out. */
function withoutLookalikes(text: string): string {
  if (!/[\u0370-\u052f]/.test(text) && !text.includes('ɡ')) return text;
  return text.replaceAll(/\p{L}+/gu, (word) =>
    /[A-Za-z]/.test(word) ? word.replaceAll(/[^A-Za-z]/g, (letter) => lookalikes.get(letter) ?? letter) : word,
  );
}

/** From `plain` on, an index of the view is an offset of the original, moved by the same distance. */
type Stretch = { readonly plain: number; readonly original: number };

function stretchAt(stretches: readonly Stretch[], index: number): Stretch {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.plain ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return stretches[low] ?? { plain: 0, original: 0 };
}

/** The text without what nobody sees, letters in plain dress. */
export function viewText(text: string): TextView {
  const stretches: Stretch[] = [{ plain: 0, original: 0 }];
  let plain = '';
  let at = 0;
  for (const { 0: run, index } of text.matchAll(strange)) {
    plain += text.slice(at, index);
    at = index + run.length;
    if (dressed.test(run)) {
      // Every letter of a ligature or circled number stands where that one stands.
      for (const letter of run.normalize('NFKC')) {
        stretches.push({ plain: plain.length, original: index });
        plain += letter;
      }
    }
    stretches.push({ plain: plain.length, original: at });
  }
  plain += text.slice(at);
  return {
    text: withoutLookalikes(plain),
    originalIndex: (index) => {
      const stretch = stretchAt(stretches, index);
      return Math.min(text.length, stretch.original + index - stretch.plain);
    },
  };
}
