import type { IdentifierKind } from './identifier.ts';
import { isParticle, nameWordsOf } from './names/name-words.ts';

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

/** Shortest part by which two names are told to be one person's, in characters. */
const shortestPart = 3;

/** In lower case, as people are also called in lower case. */
const partsOf = (name: string): readonly string[] =>
  nameWordsOf(name)
    .map(({ text }) => text.toLowerCase())
    .filter((part) => part.length >= shortestPart && !isParticle(part));

/** `freeNumber` gives the next number of a label. */
export function createEntities(freeNumber: (label: string) => number): Entities {
  const byText = new Map<string, Entity>();
  const byPart = new Map<string, Set<Entity>>();

  /** The one person of whom this is a part or the whole: `Schneider` of `Anna Schneider`; null where there are two of the name. */
  const personOf = (parts: readonly string[]): Entity | null => {
    const alike = new Set(parts.flatMap((part) => [...(byPart.get(part) ?? [])]));
    const same = [...alike].filter(
      (person) =>
        parts.every((part) => person.parts.has(part)) || [...person.parts].every((part) => parts.includes(part)),
    );
    return same.length === 1 ? (same[0] ?? null) : null;
  };
  const remember = (person: Entity, parts: readonly string[]): void => {
    for (const part of parts) {
      person.parts.add(part);
      byPart.set(part, (byPart.get(part) ?? new Set()).add(person));
    }
  };

  return {
    spell(kind, piece, label) {
      const key = `${kind} ${sameness(kind, piece)}`;
      const parts = kind === 'person' ? partsOf(piece) : [];
      const entity = byText.get(key) ??
        personOf(parts) ?? { label, number: freeNumber(label), spellings: 0, parts: new Set<string>() };
      byText.set(key, entity);
      remember(entity, parts);
      entity.spellings += 1;
      return { label: entity.label, number: entity.number, spelling: entity.spellings };
    },
  };
}
