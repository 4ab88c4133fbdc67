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

const redactAll = (...texts: readonly string[]): readonly string[] =>
  createRedactor()
    .redactAll(texts, usual)
    .map(({ text }) => text);

describe('placeholders of people', () => {
  // A large model that does not know whether it writes of a woman writes wrong German.
  it.each([
    ['Frau Dr. Sitaker hat unterschrieben.', 'Frau Dr. [PERSON_F_1] hat unterschrieben.'],
    ['Sehr geehrter Herr Okonkwo,', 'Sehr geehrter Herr [PERSON_M_1],'],
    ['Annegret Vandmann kommt.', '[PERSON_F_1] kommt.'],
    ['Name: Thandiwe Lachley', 'Name: [PERSON_1]'],
  ])('tell the gender of %j where it is known', (text, redacted) => {
    expect(redactAll(text)).toEqual([redacted]);
  });

  it('are the same for a person by whichever name, and differ for two of one family', () => {
    expect(
      redactAll('Karl Moravetz and Mr Braun met. Moravetz left; KARL MORAVETZ paid, karl too. Braun stayed.'),
    ).toEqual([
      '[PERSON_M_1] and Mr [PERSON_M_2] met. [PERSON_M_1_2] left; [PERSON_M_1_3] paid, [PERSON_M_1_4] too. [PERSON_M_2] stayed.',
    ]);
    expect(redactAll('Anna Moravetz and Karl Moravetz quarrel. Moravetz wins.')).toEqual([
      '[PERSON_F_1] and [PERSON_M_1] quarrel. [PERSON_1] wins.',
    ]);
  });
});

describe('redactAll', () => {
  // What the third turn of a conversation gives away would leave with the first.
  it('replaces in every text what one of them gives away', () => {
    const texts = [
      'What does Sitaker owe?',
      'Nothing.',
      'Dear Mr Sitaker, call 0664/1234567.',
      'Call 06641234567, sitaker!',
    ];
    expect(redactAll(...texts)).toEqual([
      'What does [PERSON_M_1] owe?',
      'Nothing.',
      'Dear Mr [PERSON_M_1], call [PHONE_1].',
      'Call [PHONE_1_2], sitaker!',
    ]);
  });

  it('leaves nothing that the leak check would stop', () => {
    const texts = [
      'Meyer & Söhne GmbH, IBAN AT611904300234573201',
      'meyer & söhne gmbh: at61 1904 3002 3457 3201',
      'Mr Brown, brown dog, BROWN',
    ];
    const redactor = createRedactor();
    const body = JSON.stringify(redactor.redactAll(texts, usual).map(({ text }) => text));
    expect(findLeaks(body, redactor)).toEqual([]);
    expect(body).toContain('brown dog');
  });

  it('numbers placeholders apart from those of which a text speaks', () => {
    expect(redactAll('What is [PERSON_M_1]?', 'Mr Sitaker asks.')).toEqual([
      'What is [PERSON_M_1]?',
      'Mr [PERSON_M_2] asks.',
    ]);
  });
});

describe('texts that come home', () => {
  // A backslash before a name was taken for an escape of the placeholder's bracket.
  it.each([
    String.raw`Dear Anna Sitaker, see C:\Users\Anna\x and \\host\anna.`,
    String.raw`\textbf{Anna Sitaker}\[Anna\]\Anna`,
    'Anna_Sitaker, [Anna], [[Anna]], **Anna**, PERSON_F_1 and [PERSON_2]',
  ])('are as they were: %j', (text) => {
    const redactor = createRedactor();
    const [{ text: redacted } = { text: '' }] = redactor.redactAll([text, 'Anna Sitaker'], usual);
    expect(restoreText(redacted, redactor)).toBe(text);
    const stream = createRestoringStream(redactor);
    expect(
      redacted
        .split('')
        .map((one) => stream.push(one))
        .join('') + stream.end(),
    ).toBe(text);
  });
});

describe('placeholders as models write them', () => {
  it.each([
    '[PERSON_M_1]',
    'PERSON_M_1',
    String.raw`\[PERSON_M_1\]`,
    String.raw`[PERSON\_M\_1]`,
    String.raw`PERSON\_M\_1`,
    '[Person_M_1]',
    '[person_m_1]',
    '[ PERSON_M_1 ]',
    '[PERSON M 1]',
    '[PERSON-M-1]',
  ])('brings %s home, in whatever pieces it comes', (written) => {
    const redactor = createRedactor();
    redactor.redact('Dear Mr Sitaker,', usual);
    const text = `**${written}**, ${written}'s and [PERSON_M_7].`;
    const whole = "**Sitaker**, Sitaker's and [PERSON_M_7].";
    expect(restoreText(text, redactor)).toBe(whole);
    for (let cut = 0; cut <= text.length; cut += 1) {
      const stream = createRestoringStream(redactor);
      expect(stream.push(text.slice(0, cut)) + stream.push(text.slice(cut)) + stream.end()).toBe(whole);
    }
    const letters = createRestoringStream(redactor);
    expect(
      text
        .split('')
        .map((one) => letters.push(one))
        .join('') + letters.end(),
    ).toBe(whole);
  });

  it.each([
    ['The PERSON_M_1s are here.', 'The Sitakers are here.'],
    ['PERSON_M_1saw nothing.', 'PERSON_M_1saw nothing.'],
    ['The variable person_m_1, [Person M 1] and [see Person M 1].', null],
    ['[PERSON_M_1 and [PERSON M', null],
    ['[see PERSON_M_1, PERSON_M_1s]', '[see Sitaker, Sitakers]'],
  ])('reads %j as it is meant, in whatever pieces it comes', (text, meant) => {
    // Catches a plural that stays a placeholder, and words of the answer that are taken for one.
    const redactor = createRedactor();
    redactor.redact('Dear Mr Sitaker,', usual);
    const whole = meant ?? text.replace('[PERSON_M_1 ', '[Sitaker ');
    expect(restoreText(text, redactor)).toBe(whole);
    const letters = createRestoringStream(redactor);
    const shown = text.split('').map((one) => letters.push(one));
    expect(shown.join('') + letters.end()).toBe(whole);
  });

  // Catches a name with an ending of its grammar that leaves, and several people who are told as one.
  it.each([
    [
      'Anna Schneider wohnt hier. Schneiders Wohnung ist feucht, Annas Hund bellt. Die Schneiders zahlen.',
      '[PERSON_F_1] wohnt hier. [PERSON_F_1_2]s Wohnung ist feucht, [PERSON_F_1_3]s Hund bellt. Die [PERSON_F_1_2]s zahlen.',
    ],
    [
      'Dear Mr and Mrs Jones, the Joneses live here: JONES’S FLAT.',
      'Dear Mr and Mrs [PEOPLE_1], the [PEOPLE_1]es live here: [PEOPLE_1_2]’S FLAT.',
    ],
    [
      'Sehr geehrte Familie Wagner, die Eheleute Huber klagen.',
      'Sehr geehrte Familie [PEOPLE_1], die Eheleute [PEOPLE_2] klagen.',
    ],
    [
      'Monsieur et Madame Rivard sont là. Les Rivard aussi.',
      'Monsieur et Madame [PEOPLE_1] sont là. Les [PEOPLE_1] aussi.',
    ],
  ])('replaces %j by %j', (text, redacted) => {
    const redactor = createRedactor();
    const replaced = redactor.redact(text, { ownWords: [], keptKinds: [] });
    expect(replaced.text).toBe(redacted);
    expect(restoreText(redacted, redactor)).toBe(text);
    expect(findLeaks(redacted, redactor)).toEqual([]);
  });

  // Catches a name that leaves because it is a word of grammar, too, and a request that is stopped by that word.
  it.each([
    [
      'Dear Mr Mark Will, I will write. \n Will you come? I told Will.',
      'Dear Mr [PERSON_M_1], I will write. \n Will you come? I told [PERSON_M_1_2].',
    ],
    [
      'Mr May came in May, on 3 May and May 4. May I add that May’s flat is damp?',
      'Mr [PERSON_M_1] came in May, on 3 May and May 4. May I add that [PERSON_M_1]’s flat is damp?',
    ],
    [
      'Hello Will,\nthe Will of your father is here. Will the court read it?',
      'Hello [PERSON_1],\nthe Will of your father is here. Will the court read it?',
    ],
    ['My colleague Brannagh sent the bill.', 'My colleague [PERSON_1] sent the bill.'],
    ['Meiner Mandantin Schadensersatz zahlen.', 'Meiner Mandantin Schadensersatz zahlen.'],
  ])('tells the name from the word in %j', (text, redacted) => {
    const redactor = createRedactor();
    expect(redactor.redact(text, { ownWords: [], keptKinds: [] }).text).toBe(redacted);
    expect(restoreText(redacted, redactor)).toBe(text);
    expect(findLeaks(JSON.stringify({ redacted }), redactor)).toEqual([]);
  });

  it('stops a name that is also a word', () => {
    const redactor = createRedactor();
    redactor.redact('Mr May lives here.', { ownWords: [], keptKinds: [] });
    expect(findLeaks(JSON.stringify({ text: 'We wrote to May.' }), redactor)).toEqual([
      { kind: 'person', original: 'May' },
    ]);
    expect(findLeaks(JSON.stringify({ text: 'It is due in May.\n May we pay?' }), redactor)).toEqual([]);
  });

  it('takes a name with an ending for one that would leave', () => {
    const redactor = createRedactor();
    redactor.redact('Anna Schneider', { ownWords: [], keptKinds: [] });
    redactor.redact('Herr Schneider', { ownWords: [], keptKinds: [] });
    expect(findLeaks('Schneiders Haus', redactor)).toEqual([{ kind: 'person', original: 'Schneider' }]);
    expect(findLeaks('Schneidersitz', redactor)).toEqual([]);
  });
});
