import { describe, expect, it } from 'vitest';
import { TransferRate } from './transfer-rate.ts';

describe('TransferRate', () => {
  it('tells the rate of the last seconds, not that since the beginning', () => {
    const rate = new TransferRate();
    expect(rate.bytesPerSecond(0)).toBeNull();
    for (let second = 0; second <= 10; second += 1) rate.note(second * 1_000, second * 100);
    for (let second = 1; second <= 6; second += 1) rate.note(10_000 + second * 1_000, 1_000 + second * 5_000);
    expect(rate.bytesPerSecond(16_000)).toBe(5_000);
  });

  // Without this a download that hangs shows the rate it had before.
  it('falls while nothing comes, and is unknown after a while', () => {
    const rate = new TransferRate();
    rate.note(0, 0);
    rate.note(1_000, 1_000);
    expect(rate.bytesPerSecond(4_000)).toBe(250);
    expect(rate.bytesPerSecond(10_000)).toBeNull();
  });

  it('begins anew with a file that does', () => {
    const rate = new TransferRate();
    rate.note(0, 9_000);
    rate.note(1_000, 10_000);
    rate.note(1_100, 0);
    rate.note(2_100, 500);
    expect(rate.bytesPerSecond(2_100)).toBe(500);
  });
});
