import type { IdentifierKind } from './identifier.ts';
import { partsOfName } from './identifiers/known-pieces.ts';

/** One way in which something is written: whose number it has, and the how manieth way it is. */
export type Spelling = { readonly label: string; readonly number: number; readonly spelling: number };

/** What was named so far: people, accounts, and the ways in which each was written. */
export type Entities = {
  /** The next spelling of what the piece names, which is a new entity under `label` where nothing of it is known. */
  spell(kind: IdentifierKind, piece: string, label: string): Spelling;
};

type Entity = { readonly label: string; readonly number: number; spellings: number; readonly parts: Set<string> };

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

/** `freeNumber` gives the next number of a label. */
export function createEntities(freeNumber: (label: string) => number): Entities {
  const byText = new Map<string, Entity>();
  const people: Entity[] = [];

  /** The one person of whom this is a part or the whole: `Schneider` of `Anna Schneider`; null where there are two of the name. */
  const personOf = (parts: readonly string[]): Entity | null => {
    if (parts.length === 0) return null;
    const same = people.filter(
      (person) =>
        parts.every((part) => person.parts.has(part)) || [...person.parts].every((part) => parts.includes(part)),
    );
    return same.length === 1 ? (same[0] ?? null) : null;
  };

  return {
    spell(kind, piece, label) {
      const key = `${kind} ${sameness(kind, piece)}`;
      const parts = kind === 'person' ? partsOfName(piece).map((part) => part.toLowerCase()) : [];
      const entity = byText.get(key) ??
        personOf(parts) ?? { label, number: freeNumber(label), spellings: 0, parts: new Set<string>() };
      byText.set(key, entity);
      if (kind === 'person' && !people.includes(entity)) people.push(entity);
      for (const part of parts) entity.parts.add(part);
      entity.spellings += 1;
      return { label: entity.label, number: entity.number, spelling: entity.spellings };
    },
  };
}
