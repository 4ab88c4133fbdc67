import { describe, expect, it } from 'vitest';
import { answerKind } from './answer-kind.ts';

describe('answerKind', () => {
  it.each([
    ['List all deadlines in the contract', 1, 'every-part'],
    ['Nenne alle Fristen', 1, 'every-part'],
    ['Which of all the obligations of the tenant are named?', 1, 'every-part'],
    ['How many times is Anna mentioned?', 1, 'every-part'],
    ['Wie oft wird das Budget erwähnt?', 1, 'every-part'],
    ['What are every deadline and fee?', 1, 'every-part'],
    ['Summarise this document', 1, 'broad'],
    ['Fasse den Vertrag zusammen', 1, 'broad'],
    ['What is this document about?', 1, 'broad'],
    ['Compare the notice periods', 2, 'comparison'],
    ['Was ist der Unterschied zwischen den beiden Verträgen?', 2, 'comparison'],
    // With one document there is nothing to compare.
    ['Compare the notice periods', 1, 'passages'],
    // Questions of one place that only sound like the others.
    ['When is the deadline for the tax return?', 1, 'passages'],
    ['Do all packages need a maintainer?', 1, 'passages'],
    ['Must all packages have unique names?', 1, 'passages'],
    ['Müssen alle Personen unterschreiben?', 1, 'passages'],
    ['Summarize the discussion on the battery', 1, 'passages'],
    ['How many sheets does the tray hold?', 1, 'passages'],
    ['Summarize the discussion on what Anna thought of the new remote control design and of its price', 1, 'passages'],
    ['Wo steht der Drucker?', 3, 'passages'],
  ] as const)('takes %j of %i documents as %s', (question, documents, kind) => {
    expect(answerKind(question, documents)).toBe(kind);
  });
});
