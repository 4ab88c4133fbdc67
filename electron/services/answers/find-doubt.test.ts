import { describe, expect, it } from 'vitest';
import { findDoubt } from './find-doubt.ts';

describe('findDoubt', () => {
  // All words of each statement stand in the passage, so a comparison of words lets every one of them through.
  it.each([
    [
      'The landlord pays for small repairs.',
      'The tenant pays for small repairs. The landlord pays the tax.',
      'subject',
    ],
    ['Peter proposed to cut the budget.', 'Anna proposed to cut the budget. Peter wanted to keep it.', 'subject'],
    ['Packages may install files in /usr/local.', 'Packages must not install files in /usr/local.', 'negation'],
    ['The warranty covers wear of the drum.', 'It is 24 months and does not cover wear of the drum.', 'negation'],
    ['Der Mieter darf Hunde halten.', 'Der Mieter darf keine Hunde halten.', 'negation'],
  ])('doubts %j', (statement, passage, doubt) => {
    expect(findDoubt(statement, passage)).toBe(doubt);
  });

  // A doubt too many withholds a right answer.
  it.each([
    ['The tenant pays for small repairs.', 'The tenant pays for small repairs. The landlord pays the tax.'],
    ['The warranty is 24 months.', 'The warranty is 24 months and does not cover the drum.'],
    ['The printer holds 250 sheets.', 'The printer is new. It holds 250 sheets.'],
    ['Packages must not install files there.', 'Packages must not install files in /usr/local.'],
    ['Dogs are not allowed.', 'Dogs are not allowed in the garden, cats are.'],
  ])('does not doubt %j', (statement, passage) => {
    expect(findDoubt(statement, passage)).toBeNull();
  });
});
