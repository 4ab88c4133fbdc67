import type { Finding } from '../../shared/screening.ts';

/** Finds what looks like a key or stands beside a word that calls it one; redaction's own finders fit. */
export type SecretFinder = (text: string) => readonly { readonly start: number; readonly end: number }[];

/** How the finders of secrets see a text. */
export type SecretFinders = {
  /** Keys by their form alone: those of services, private ones. */
  readonly byForm: SecretFinder;
  /** And those beside a word that says so, and links that let in. */
  readonly all: SecretFinder;
};

/** Shortest secret that is looked for in an answer, in characters. */
const shortestSecret = 6;
/** Fewer different characters than this are an example's. */
const fewestCharacters = 10;

/** Keys that documentation shows in their place. */
const isExample = (piece: string): boolean =>
  /x{4}|\*{3}|\.{3}|example|your|placeholder|sample|dummy|1234567|abcdef|redacted/i.test(piece) ||
  new Set(piece).size < fewestCharacters;

/** Secrets of what the model was given, in order of their length. */
export function secretsOf(asked: readonly string[], { all }: SecretFinders): readonly string[] {
  const secrets = new Set(asked.flatMap((text) => all(text).map(({ start, end }) => text.slice(start, end))));
  return [...secrets].filter((secret) => secret.length >= shortestSecret);
}

function placesOf(text: string, piece: string): readonly Finding[] {
  const places: Finding[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) {
    places.push({ kind: 'secret', start: at, end: at + piece.length });
  }
  return places;
}

/** Secrets of what was asked that came back, and keys that came from nowhere and look real. */
export function findEchoedSecrets(
  text: string,
  secrets: readonly string[],
  { byForm }: SecretFinders,
): readonly Finding[] {
  return [
    ...secrets.flatMap((secret) => placesOf(text, secret)),
    ...byForm(text)
      .filter(({ start, end }) => !isExample(text.slice(start, end)))
      .map(({ start, end }) => ({ kind: 'secret' as const, start, end })),
  ];
}
