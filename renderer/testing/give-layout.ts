const frameHeight = 2_000;

/** Gives every element the height that jsdom, which lays nothing out, denies it: lists draw what would be in sight. */
export function giveLayout(): void {
  for (const name of ['clientHeight', 'scrollHeight']) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => frameHeight });
  }
}
