import { findIdentifiers } from './find-identifiers.ts';
import type { FindOptions } from './find-identifiers.ts';
import type { Identifier, IdentifierKind } from './identifier.ts';
import { bracketed, placeholderName, placeholderPattern } from './placeholder.ts';

/** A piece that was replaced: where it stands in the redacted text, and what stood there. */
export type Replacement = {
  readonly kind: IdentifierKind;
  /** Offsets in the redacted text. */
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
  readonly original: string;
};

export type RedactedText = { readonly text: string; readonly replacements: readonly Replacement[] };

/** Puts placeholders into texts of one request, the same for the same piece. Its memory is what restores them; it never leaves. */
export type Redactor = {
  redact(text: string, options: FindOptions): RedactedText;
  /** What a placeholder's name stands for, without brackets; null for one that it never gave. */
  originalOf(name: string): string | null;
  /** Everything that was replaced so far. */
  originals(): readonly { readonly kind: IdentifierKind; readonly original: string }[];
};

/** Two ways to write the same: case, spaces and signs between digits do not count. */
function sameness(kind: IdentifierKind, piece: string): string {
  const plain = piece.normalize('NFKC').toLowerCase();
  switch (kind) {
    case 'phone':
    case 'iban':
    case 'card':
    case 'national-number':
      return plain.replaceAll(/[^\p{L}\p{N}]/gu, '');
    default:
      return plain.replaceAll(/\s+/gu, ' ');
  }
}

/** Starts without memory; one for each request or conversation. */
export function createRedactor(): Redactor {
  const names = new Map<string, string>();
  const originals = new Map<string, { readonly kind: IdentifierKind; readonly original: string }>();
  const entities = new Map<string, { readonly entity: number; spellings: number }>();
  const taken = new Set<string>();

  const nameFor = (kind: IdentifierKind, piece: string): string => {
    const known = names.get(`${kind} ${piece}`);
    if (known !== undefined) return known;
    const key = `${kind} ${sameness(kind, piece)}`;
    const entity = entities.get(key) ?? { entity: freeEntity(kind), spellings: 0 };
    entity.spellings += 1;
    entities.set(key, entity);
    const name = placeholderName(kind, entity.entity, entity.spellings);
    names.set(`${kind} ${piece}`, name);
    originals.set(name, { kind, original: piece });
    return name;
  };
  const freeEntity = (kind: IdentifierKind): number => {
    let entity = 1;
    while (taken.has(placeholderName(kind, entity, 1))) entity += 1;
    taken.add(placeholderName(kind, entity, 1));
    return entity;
  };
  /** A text that speaks of placeholders itself must come home as it was. */
  const reserve = (text: string): void => {
    for (const { groups } of text.matchAll(placeholderPattern)) {
      const name = groups?.['inside'] ?? groups?.['bare'] ?? '';
      taken.add(name.split('_').slice(0, 2).join('_'));
    }
  };
  const replace = (text: string, found: readonly Identifier[]): RedactedText => {
    let redacted = '';
    let at = 0;
    const replacements: Replacement[] = [];
    for (const { kind, start, end } of found) {
      const original = text.slice(start, end);
      const placeholder = bracketed(nameFor(kind, original));
      redacted += text.slice(at, start);
      replacements.push({
        kind,
        start: redacted.length,
        end: redacted.length + placeholder.length,
        placeholder,
        original,
      });
      redacted += placeholder;
      at = end;
    }
    return { text: redacted + text.slice(at), replacements };
  };

  return {
    redact: (text, options) => {
      reserve(text);
      return replace(text, findIdentifiers(text, options));
    },
    originalOf: (name) => originals.get(name)?.original ?? null,
    originals: () => [...originals.values()],
  };
}
