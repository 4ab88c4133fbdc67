import { describe, expect, it } from 'vitest';
import { draftSchema, emptyDraft } from './draft.ts';

describe('draftSchema', () => {
  it('reads a draft that was kept before drafts had presets and collections, and messages their place', () => {
    // Catches the update that takes what was begun.
    const old = { text: 'begun', documentIds: [], queue: ['next'] };
    expect(draftSchema.parse(old)).toEqual({ ...emptyDraft, ...old, queue: [{ text: 'next', choice: null }] });
  });
});
