/** An option or argument that cannot have this value: a mistake of the command line, so it ends with exit code 2. */
export class WrongValueError extends Error {
  override readonly name = 'WrongValueError';
  readonly word: string;
  readonly value: string;
  readonly choices: string;

  constructor(word: string, value: string, choices: string) {
    super(`${word} cannot be ${value}`);
    this.word = word;
    this.value = value;
    this.choices = choices;
  }
}

/** A whole number from `least` to `most`, or `otherwise` when none was given. Throws WrongValueError. */
export function wholeNumber(
  word: string,
  typed: string | undefined,
  range: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  if (typed === undefined) return range.otherwise;
  const value = /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN;
  if (value >= range.least && value <= range.most) return value;
  throw new WrongValueError(word, typed, `${range.least} – ${range.most}`);
}
