import { describe, expect, it } from 'vitest';
import { crashNote } from './crash-note.ts';

describe('crash note', () => {
  it('keeps an allow-list and nothing that a process could have put into it', () => {
    const details = { type: 'Utility', reason: 'crashed', exitCode: 139, name: 'secret.pdf', serviceName: 'secret' };
    expect(crashNote(details)).toEqual({ process: 'utility', reason: 'crashed', exitCode: 139 });
    expect(crashNote({ reason: 'secret', exitCode: Number.NaN })).toEqual({
      process: 'page',
      reason: 'other',
      exitCode: null,
    });
    expect(crashNote({ type: 'secret', reason: 'oom', exitCode: 1 })).toEqual({
      process: 'other',
      reason: 'oom',
      exitCode: 1,
    });
  });
  it('is none for an end that was asked for', () => {
    expect(crashNote({ type: 'GPU', reason: 'clean-exit', exitCode: 0 })).toBeNull();
  });
});
