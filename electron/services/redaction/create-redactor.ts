import { createEntities } from './entities.ts';
import { findIdentifiers } from './find-identifiers.ts';
import type { FindOptions } from './find-identifiers.ts';
import type { Identifier, IdentifierKind } from './identifier.ts';
import { formOfName } from './names/form-of-name.ts';
import { bracketed, nameOfMatch, placeholderLabel, placeholderName, placeholderPattern } from './placeholder.ts';

/** A piece that was replaced: where it stands in the redacted text, and what stood there. */
export type Replacement = {
  readonly kind: IdentifierKind;
  /** Offsets in the redacted text. */
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
  readonly original: string;
};

/** A text with placeholders in it, and what they stand for, in order. */
export type RedactedText = { readonly text: string; readonly replacements: readonly Replacement[] };

/** What to look for; what the redactor replaced before is known to it. */
export type RedactOptions = Omit<FindOptions, 'known'>;

/** Puts placeholders into texts of one request, the same for the same piece. Its memory is what restores them; it never leaves. */
export type Redactor = {
  /** What other texts of this redactor gave away is replaced here too. */
  redact(text: string, options: RedactOptions): RedactedText;
  /**
   * The texts of one request, in their order: what one of them gives away, a name in the last, is replaced in all, also in
   * those before it.
   */
  redactAll(texts: readonly string[], options: RedactOptions): readonly RedactedText[];
  /** What a placeholder's name stands for, without brackets; null for one that it never gave. */
  originalOf(name: string): string | null;
  /** Everything that was replaced so far. */
  originals(): readonly { readonly kind: IdentifierKind; readonly original: string }[];
};

/** The label and the number of a placeholder's name, without its spelling. */
const entityOf = (name: string): string => /^[A-Z_]+?_\d+/.exec(name)?.[0] ?? name;

/** What gives names to pieces, and remembers what they stand for. */
function createNaming() {
  const names = new Map<string, string>();
  const originals = new Map<string, { readonly kind: IdentifierKind; readonly original: string }>();
  /** Placeholders of which the texts themselves speak. */
  const taken = new Set<string>();
  const lastNumbers = new Map<string, number>();
  const entities = createEntities((label) => {
    let number = (lastNumbers.get(label) ?? 0) + 1;
    while (taken.has(placeholderName(label, number, 1))) number += 1;
    lastNumbers.set(label, number);
    return number;
  });
  return {
    originals,
    /** A text that speaks of placeholders itself must come home as it was. */
    reserve: (text: string): void => {
      for (const { groups } of text.matchAll(placeholderPattern)) {
        taken.add(entityOf(nameOfMatch(groups)));
      }
    },
    nameFor: (text: string, { kind, start, end }: Identifier): string => {
      const piece = text.slice(start, end);
      const known = names.get(`${kind} ${piece}`);
      if (known !== undefined) return known;
      const form = kind === 'person' ? formOfName(text, start, end) : null;
      const { label, number, spelling } = entities.spell(kind, piece, placeholderLabel(kind, form));
      const name = placeholderName(label, number, spelling);
      names.set(`${kind} ${piece}`, name);
      originals.set(name, { kind, original: piece });
      return name;
    },
  };
}

/** Puts the name of each piece in its place; `found` is in order. */
function replacePieces(
  text: string,
  found: readonly Identifier[],
  nameFor: (text: string, identifier: Identifier) => string,
): RedactedText {
  let redacted = '';
  let at = 0;
  const replacements: Replacement[] = [];
  for (const identifier of found) {
    const { kind, start, end } = identifier;
    const placeholder = bracketed(nameFor(text, identifier));
    redacted += text.slice(at, start);
    const from = redacted.length;
    redacted += placeholder;
    replacements.push({ kind, start: from, end: redacted.length, placeholder, original: text.slice(start, end) });
    at = end;
  }
  return { text: redacted + text.slice(at), replacements };
}

/** Starts without memory; one for each request or conversation. */
export function createRedactor(): Redactor {
  const { originals, reserve, nameFor } = createNaming();
  const find = (text: string, options: RedactOptions): readonly Identifier[] =>
    findIdentifiers(text, { ...options, known: [...originals.values()] });
  const replace = (text: string, options: RedactOptions): RedactedText =>
    replacePieces(text, find(text, options), nameFor);

  return {
    redact: (text, options) => {
      reserve(text);
      return replace(text, options);
    },
    redactAll: (texts, options) => {
      for (const text of texts) reserve(text);
      for (const text of texts) for (const identifier of find(text, options)) nameFor(text, identifier);
      return texts.map((text) => replace(text, options));
    },
    originalOf: (name) => originals.get(name)?.original ?? null,
    originals: () => [...originals.values()],
  };
}
