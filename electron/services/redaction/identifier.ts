/** What a found piece of a text is. Each has a name of its own in placeholders. */
export const identifierKinds = [
  'email',
  'phone',
  'iban',
  'card',
  'national-number',
  'ip-address',
  'secret-link',
  'secret',
  'birth-date',
  'address',
  'person',
  'organisation',
  'place',
  'own-word',
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** A found piece: offsets in UTF-16 units, `end` after its last. */
export type Identifier = { readonly kind: IdentifierKind; readonly start: number; readonly end: number };

/** Finds pieces of one sort, in any order; those of others may overlap them. */
export type IdentifierFinder = (text: string) => readonly Identifier[];

/** Signs that end a sentence and not the piece before them. */
const sentenceEnd = /[.,;:!?)\]}»”’']+$/;

/** The piece without the signs of the sentence around it. */
export const withoutSentenceEnd = (piece: string): string => piece.replace(sentenceEnd, '');

/**
 * Every match of a global expression for which `isOne` holds. Group `found`, where there is one, is the piece; `trim` cuts
 * from its end what is none of it.
 */
export function matches(
  kind: IdentifierKind,
  pattern: RegExp,
  isOne: (piece: string, match: RegExpExecArray) => boolean = () => true,
  trim: (piece: string) => string = (piece) => piece,
): IdentifierFinder {
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match): readonly Identifier[] => {
      const piece = trim(match.groups?.['found'] ?? match[0]);
      if (!isOne(piece, match)) return [];
      const start = match.index + match[0].lastIndexOf(piece);
      return [{ kind, start, end: start + piece.length }];
    });
}
