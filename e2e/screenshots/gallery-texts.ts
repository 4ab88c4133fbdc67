/** A made-up contract, long enough to be quoted from. */
export const contractText = `Agreement between Meyer AG, Hamburg, and the contractor

1. Parties and purpose
Meyer AG engages the contractor to maintain its booking system.
Each side names one person who may decide for it.

2. Services and fees
The contractor keeps the system available on working days between 8 and 18 o'clock.
The fee is 4,800 euros a month and is due within 14 days of the invoice.
Work outside these hours is paid at one and a half times the usual rate.

3. Term and notice
This agreement begins on 1 January and runs for an indefinite time.
Either party may end this agreement with a notice of three months to the end of a calendar quarter.
By the first amendment of 2 March the notice period for the first year is shortened to six weeks to the end of a month.
Notice has to be given in writing; a message by e-mail does not suffice.

4. Liability
Each party is liable without limit for intent and gross negligence.
For slight negligence, liability ends at 50,000 euros for each case.

5. Final provisions
Changes of this agreement need written form; so does giving up this form.
The courts of Hamburg have jurisdiction.
`;

/** Where a quote lies in the contract. */
export function placeOf(quote: string): { readonly start: number; readonly end: number } {
  const start = contractText.indexOf(quote);
  return { start, end: start + quote.length };
}

/** The lines of the contract on which a quote lies. */
export function lineRangeOf(quote: string): { readonly first: number; readonly last: number } {
  const line = contractText.slice(0, placeOf(quote).start).split('\n').length;
  return { first: line, last: line };
}

/** An answer with everything that Markdown has, and with what must not be obeyed. */
export const manualAnswer = `A starter is flour and water in which wild yeast has settled. It needs about **a week** and five minutes a day.

## What you need

| What | How much | Why |
|:-----|--------:|:----|
| Wholemeal rye | 50 g a day | carries the most yeast |
| Water | 50 g a day | lukewarm, not from the hot tap |
| A jar | 500 ml | with room to rise |

## Day by day

1. **Day 1:** stir flour and water to a paste and cover it loosely.
2. **Days 2 to 4:** throw away half, add fresh flour and water.
   - Bubbles on day 2 are normal, and so is silence on day 3.
   - It may smell sharp; that passes.
3. **Days 5 to 7:** feed it every twelve hours.

> It is ready when it doubles within six hours, twice in a row.

To plan the feeding, a few lines are enough:

\`\`\`python
def feed(starter_g: float, ratio: float = 2.0) -> tuple[float, float]:
    """Flour and water for one feeding, in grams."""
    fresh = starter_g * ratio
    return fresh / 2, fresh / 2
\`\`\`

More is in [the baker's handbook](https://bread.example/handbook?chapter=2), and a photo was here: ![a jar with bubbles](https://images.example/jar.png)`;

/** What is being written in the picture of a busy window. */
export const growingAnswer = `Dear Ms Keller,

since Monday of last week the heating in my flat has been cold. I called your office on Tuesday and again on Thursday; nobody has come so far.

I ask you to have it **repaired by Friday, 28 November**. Until then I reserve the right to`;
