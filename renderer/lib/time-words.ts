/** The names of `dayGroup`, the newest first. */
export const dayGroups = ['today', 'yesterday', 'week', 'earlier'] as const;

/** Names the day of a moment as people sort their work: today, yesterday, the week before that, earlier. */
export function dayGroup(at: number, now: number): (typeof dayGroups)[number] {
  const startOfToday = new Date(now).setHours(0, 0, 0, 0);
  if (at >= startOfToday) return 'today';
  const daysBefore = (days: number): number => new Date(startOfToday).setDate(new Date(startOfToday).getDate() - days);
  if (at >= daysBefore(1)) return 'yesterday';
  return at >= daysBefore(7) ? 'week' : 'earlier';
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
