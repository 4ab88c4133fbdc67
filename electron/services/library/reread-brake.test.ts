import { describe, expect, it } from 'vitest';
import { createId, libraryFileIdSchema } from '../../shared/ids.ts';
import { createRereadBrake } from './reread-brake.ts';

describe('createRereadBrake', () => {
  it('holds a file back that changes all the time, longer each time, and no other', () => {
    // Catches a log file that keeps the embedder busy for ever.
    const brake = createRereadBrake();
    const [log, other] = [createId(libraryFileIdSchema), createId(libraryFileIdSchema)];
    brake.note(log, 1_000);
    expect(brake.readableAtMs(log)).toBe(0);
    brake.note(log, 2_000);
    expect(brake.readableAtMs(log)).toBe(6_000);
    brake.note(log, 6_000);
    expect(brake.readableAtMs(log)).toBe(14_000);
    for (let atMs = 20_000; atMs < 100_000; atMs += 1_000) brake.note(log, atMs);
    expect(brake.readableAtMs(log)).toBe(99_000 + 300_000);
    expect(brake.readableAtMs(other)).toBe(0);
    brake.note(log, 99_000 + 700_000);
    expect(brake.readableAtMs(log)).toBe(0);
  });
});
