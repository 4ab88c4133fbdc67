import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => Math.min(count - 1, index + 1),
  ArrowUp: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Arrow keys, Home and End among the `[data-list-item]` inside the element that this listens on. */
export function moveInList(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined || event.target instanceof HTMLInputElement) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-list-item]')];
  const index = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[step(index, items.length)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Before an entry is taken out of its list: the focus goes to the next one, else to the one before, else to the region around the list. */
export function leaveListItem(item: HTMLElement): void {
  const items = [...(item.closest('ul')?.querySelectorAll<HTMLElement>('[data-list-item]') ?? [])];
  const index = items.indexOf(item);
  (items[index + 1] ?? items[index - 1] ?? document.querySelector<HTMLElement>('[data-landmark]'))?.focus();
}
