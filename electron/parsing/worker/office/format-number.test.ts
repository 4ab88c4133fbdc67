import { describe, expect, it } from 'vitest';
import { formatNumber } from './format-number.ts';
import { builtInNumberFormat, parseNumberFormat } from './number-format.ts';

const show = (value: number, code: string, is1904 = false): string =>
  formatNumber(value, parseNumberFormat(code), is1904);

describe('formatNumber', () => {
  // A date that reads 45352 is found by nobody who asks for March.
  it.each([
    [45_352, 'yyyy-mm-dd', '2024-03-01'],
    [45_352, 'dd.mm.yyyy;@', '2024-03-01'],
    [45_352, '[$-407]d. mmmm yyyy', '2024-03-01'],
    [45_352, '[$-F800]dddd, mmmm dd, yyyy', '2024-03-01'],
    [45_352.604_166_666_664, 'dd.mm.yyyy hh:mm', '2024-03-01 14:30'],
    [45_352.604_166_666_664, 'm/d/yy h:mm AM/PM', '2024-03-01 14:30'],
    [0.604_166_666_666_667, 'h:mm:ss', '14:30:00'],
    [1.093_75, '[h]:mm:ss', '26:15:00'],
    [1, 'yyyy-mm-dd', '1900-01-01'],
    [61, 'yyyy-mm-dd', '1900-03-01'],
    [0.25, '0%', '25%'],
    [0.1666, '0.0%', '16.7%'],
    [1120.5, '#,##0.00 [$€-407]', '1120.50 €'],
    [-45.75, '#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', '-45.75 €'],
    [1234.5, '$#,##0.00', '$1234.50'],
    [1234.5, '_-[$£-809]* #,##0.00_-', '£ 1234.50'],
    [3, '0 "kg"', '3 kg'],
    [0.000_012, '0.00E+00', '1.20E-5'],
    [0.1 + 0.2, 'General', '0.3'],
    [12, '@', '12'],
    [-0.001, '0.00', '0.00'],
    [1e300, '0.00', '1e+300'],
    [3_000_000_000, 'yyyy', '3000000000'],
    [0.5, '# ?/?', '0.5'],
  ])('shows %d in %s as %s', (value, code, expected) => {
    expect(show(value, code)).toBe(expected);
  });

  it('counts from 1904 where the workbook does', () => {
    expect(show(43_890, 'yyyy-mm-dd', true)).toBe('2024-03-01');
  });

  it('knows the formats that files do not spell out', () => {
    expect([9, 14, 22, 46].map((id) => formatNumber(45_352.5, builtInNumberFormat(id), false))).toEqual([
      '4535250%',
      '2024-03-01',
      '2024-03-01 12:00',
      '1088460:00:00',
    ]);
  });

  // Regular expressions over what a file says must not be slower than its length.
  it('reads a format of any length and shape in one pass', () => {
    for (const code of [
      '"'.repeat(5_000),
      '['.repeat(5_000),
      '\\'.repeat(5_001),
      '0.'.repeat(5_000),
      ';'.repeat(5_000),
    ]) {
      expect(typeof show(1, code)).toBe('string');
    }
  });
});
