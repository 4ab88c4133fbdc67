import { describe, expect, it } from 'vitest';
import { makeIdentifierText } from '../../testing/identifier-texts.ts';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { createRedactor } from './create-redactor.ts';
import { findLeaks } from './find-leaks.ts';
import { createRestoringStream, restoreText } from './restore-text.ts';

const usual = { ownWords: [], keptKinds: [] };

describe('createRedactor', () => {
  const random = createSeededRandom(7);
  const made = Array.from({ length: 300 }, () => makeIdentifierText(random));

  // An identifier in a layout that nobody thought of would leave as it is.
  it('leaves nothing of what is known to be in a text', () => {
    const missed = made.flatMap(({ text, identifiers }) => {
      const { text: redacted } = createRedactor().redact(text, usual);
      return identifiers
        .filter(({ original }) => redacted.includes(original))
        .map(({ original }) => ({ original, text }));
    });
    expect(missed).toEqual([]);
  });

  it('finds no leak in its own work, and finds each original that is put back', () => {
    for (const { text } of made.slice(0, 50)) {
      const redactor = createRedactor();
      const { text: redacted } = redactor.redact(text, usual);
      expect(findLeaks(JSON.stringify({ redacted }), redactor)).toEqual([]);
      for (const { original } of redactor.originals()) {
        expect(findLeaks(JSON.stringify({ text: `… ${original} …` }), redactor).map((leak) => leak.original)).toContain(
          original,
        );
      }
    }
  });

  // One character lost at the border of two pieces changes an account number.
  it('gives back every text as it was, in whatever pieces it comes home', () => {
    for (const { text } of made.slice(0, 60)) {
      const redactor = createRedactor();
      const { text: redacted } = redactor.redact(text, usual);
      expect(restoreText(redacted, redactor)).toBe(text);
      for (const size of [1, 2, 3, 5, 7, 11]) {
        const stream = createRestoringStream(redactor);
        let home = '';
        for (let at = 0; at < redacted.length; at += size) home += stream.push(redacted.slice(at, at + size));
        expect(home + stream.end()).toBe(text);
      }
    }
  });
});
