/** Names the day of a moment as people sort their work: today, yesterday, earlier. */
export function dayGroup(at: number, now: number): 'today' | 'yesterday' | 'earlier' {
  const startOfToday = new Date(now).setHours(0, 0, 0, 0);
  if (at >= startOfToday) return 'today';
  const startOfYesterday = new Date(startOfToday).setDate(new Date(startOfToday).getDate() - 1);
  return at >= startOfYesterday ? 'yesterday' : 'earlier';
}

/** A remaining time in the coarse steps that an estimate deserves, as key and number for the catalogue. */
export function remainingTime(remainingMs: number): {
  readonly unit: 'seconds' | 'minutes' | 'hours';
  readonly count: number;
} {
  const seconds = remainingMs / 1_000;
  if (seconds < 55) return { unit: 'seconds', count: Math.max(5, Math.ceil(seconds / 5) * 5) };
  if (seconds < 55 * 60) return { unit: 'minutes', count: Math.max(1, Math.round(seconds / 60)) };
  return { unit: 'hours', count: Math.max(1, Math.round(seconds / 3_600)) };
}
