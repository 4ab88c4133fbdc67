/** All that is kept of the end of a process: no address, no stack, no word of what it worked on. */
export type CrashNote = {
  readonly process: 'page' | 'gpu' | 'utility' | 'other';
  readonly reason: (typeof reasons)[number] | 'other';
  readonly exitCode: number | null;
};

const reasons = [
  'crashed',
  'killed',
  'oom',
  'launch-failed',
  'integrity-failure',
  'abnormal-exit',
  'memory-eviction',
] as const;

/** Reduces what Electron tells of a process's end to an allow-list. Null for an end that was asked for. */
export function crashNote(details: {
  readonly type?: string;
  readonly reason: string;
  readonly exitCode: number;
}): CrashNote | null {
  const { type, reason, exitCode } = details;
  if (reason === 'clean-exit') return null;
  return {
    process: type === undefined ? 'page' : type === 'GPU' ? 'gpu' : type === 'Utility' ? 'utility' : 'other',
    reason: reasons.find((known) => known === reason) ?? 'other',
    exitCode: Number.isInteger(exitCode) ? exitCode : null,
  };
}
