import { describe, expect, it } from 'vitest';
import { fitOf, soughtBy } from './sought-sentences.ts';

const fits = (question: string, sentence: string): string => fitOf(soughtBy(question), sentence, '');

describe('what every part is searched for', () => {
  it.each([
    ['List all deadlines', 'The deposit is due within 14 days.', 'yes'],
    ['List all deadlines', 'The house was built on 3 May 1998.', 'no'],
    ['List all dates', 'The house was built on 3 May 1998.', 'yes'],
    ['Alle Fristen', 'Die Kündigung ist bis zum 31.12.2026 möglich.', 'yes'],
    ['Find all fees', 'A late payment costs 40 euros.', 'yes'],
    ['Find all fees', 'Payments are made by transfer.', 'no'],
    ['List every obligation of the tenant', 'The tenant must clean the stairs.', 'yes'],
    ['List every obligation of the tenant', 'The landlord must pay the tax.', 'maybe'],
    ['How many times is Anna Berger mentioned?', 'Then Anna Berger left.', 'yes'],
    ['How many times is Anna Berger mentioned?', 'Then Peter left.', 'no'],
  ])('of %j takes %j as %s', (question, sentence, fit) => {
    expect(fits(question, sentence)).toBe(fit);
  });
});
