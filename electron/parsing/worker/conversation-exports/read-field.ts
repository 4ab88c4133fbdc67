/** Values of other programs' files: anything may be missing, or be something else. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object with names; null for anything else. */
export function fieldsOf(value: unknown): Fields | null {
  // An object that came out of a parser of JSON has no other names than its own.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** An array; empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A name or number that tells things apart; null for anything else. */
export function keyOf(value: unknown): string | null {
  if (typeof value === 'string' && value !== '' && value.length <= 500) return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** Later ones are seconds or milliseconds that were mistaken for the other. */
const latestTime = Date.UTC(2200, 0, 1);

/**
 * A time in milliseconds since 1970, from seconds or milliseconds (told apart by their size: 10^11 seconds are the year
 * 5138), a number written as text, or a date as text. Null where there is none, or none that can be.
 */
export function timeOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const time =
    typeof number === 'number' && !Number.isNaN(number)
      ? number * (Math.abs(number) < 1e11 ? 1_000 : 1)
      : Date.parse(textOf(value));
  return Number.isFinite(time) && time > 0 && time < latestTime ? Math.round(time) : null;
}
