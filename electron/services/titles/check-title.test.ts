import { describe, expect, it } from 'vitest';
import { checkTitle } from './check-title.ts';

const said = 'How do I water an orchid in winter? Once a week, with 50 ml of rain water.';

describe('checkTitle', () => {
  it.each([
    ['Watering an orchid', 'Watering an orchid'],
    ['  Orchid in\n winter. ', 'Orchid in winter'],
    ['Water orchid with 50 ml', 'Water orchid with 50 ml'],
  ])('takes %j', (written, title) => {
    expect(checkTitle(written, said)).toBe(title);
  });

  it.each([
    ['', 'nothing'],
    ['Orchid', 'one word'],
    ['How to water an orchid in winter with rain water every week', 'a sentence'],
    ['Conversation about orchid water', 'about talking'],
    ['Unterhaltung: orchid water', 'about talking, in German'],
    ['Quantum gravity explained', 'other words'],
    ['Orchid water 70 ml', 'an invented number'],
    ['"Water an orchid"', 'quotation marks'],
    ['<b>Orchid</b> water', 'markup'],
    ['of the in', 'no word that means something'],
  ])('refuses %j: %s', (written) => {
    expect(checkTitle(written, said)).toBeNull();
  });
});
