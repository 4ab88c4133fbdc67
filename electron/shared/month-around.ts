/** From `from`, included, to `until`, not included; milliseconds since 1970. */
export type Span = { readonly from: number; readonly until: number };

/** The month around a time (milliseconds since 1970) in the calendar of this machine; its name is as `2026-11`. */
export function monthAround(at: number): { readonly month: string; readonly span: Span } {
  const date = new Date(at);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  return {
    month: `${year}-${String(month + 1).padStart(2, '0')}`,
    span: { from: new Date(year, month, 1).getTime(), until: new Date(year, month + 1, 1).getTime() },
  };
}
