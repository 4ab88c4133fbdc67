/** Numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

const pieces = [
  'harbour',
  'Kündigungsfrist',
  'naïve',
  '港',
  '🎈',
  'x_1',
  '| a | b |',
  '`code`',
  '\n\n',
  '"',
  '\\',
  '\u0301',
];

export function chooseFrom<Value>(random: Random, values: readonly Value[]): Value | undefined {
  return values[Math.floor(random() * values.length)];
}

/** A text of its own (it begins with `mark`): mostly short, at times of some thousand characters. */
export function randomText(random: Random, mark: string): string {
  const words = random() < 0.1 ? 2_000 : 1 + Math.floor(random() * 40);
  const text = Array.from({ length: words }, () => chooseFrom(random, pieces) ?? '').join(' ');
  return `${mark} ${text}.`;
}
