import type { NumberFormat } from './number-format.ts';

const secondsPerDay = 86_400;

const pad = (value: number): string => String(value).padStart(2, '0');

/** Days beyond which a serial number is no date: 31 December 9999. */
const lastSerial = 2_958_465;

function timeText(seconds: number, hasSeconds: boolean): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return `${pad(hours)}:${pad(minutes)}${hasSeconds ? `:${pad(seconds % 60)}` : ''}`;
}

/** Midnight that day 0 is, by the calendar that a workbook counts with. */
function epochMs(serial: number, is1904: boolean): number {
  if (is1904) return Date.UTC(1904, 0, 1);
  // Day 60 is 29 February 1900, which never was; the days before it are one later than they should be.
  return serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
}

function dateText(value: number, format: Extract<NumberFormat, { readonly kind: 'date' }>, is1904: boolean): string {
  if (value < 0 || value > lastSerial) return String(value);
  const total = Math.round(value * secondsPerDay);
  const days = Math.floor(total / secondsPerDay);
  const seconds = total - days * secondsPerDay;
  const time = timeText(seconds, format.hasSeconds);
  if (!format.hasDate) return time;
  const day = new Date(epochMs(days, is1904) + days * secondsPerDay * 1_000).toISOString().slice(0, 10);
  return format.hasTime ? `${day} ${time}` : day;
}

/** At most 15 digits, as spreadsheets keep them, so that 0.1 + 0.2 reads 0.3. */
const plainText = (value: number): string =>
  String(Number.isSafeInteger(value) && Math.abs(value) < 1e15 ? value : Number(value.toPrecision(15)));

/**
 * A cell's number as a person sees it, without marks between thousands: dates as 2024-03-01, times as 14:30, durations
 * as 26:15:00, percentages and currencies with their signs.
 */
export function formatNumber(value: number, format: NumberFormat, is1904: boolean): string {
  switch (format.kind) {
    case 'date':
      return dateText(value, format, is1904);
    case 'duration':
      return value < 0 ? plainText(value) : timeText(Math.round(value * secondsPerDay), true);
    case 'number': {
      const { decimals, isPercent, isScientific, prefix, suffix } = format;
      const shown = Math.abs(Number((isPercent ? value * 100 : value).toPrecision(15)));
      if (shown >= 1e21) return plainText(value);
      const digits = isScientific ? shown.toExponential(decimals).toUpperCase() : shown.toFixed(decimals);
      const sign = value < 0 && Number(digits) !== 0 ? '-' : '';
      return `${sign}${prefix}${digits}${isPercent ? '%' : ''}${suffix}`;
    }
    case 'hidden':
    case 'general':
      return plainText(value);
  }
}
