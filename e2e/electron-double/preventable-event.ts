/** An Electron event object: its details, and whether a listener called `preventDefault`. */
export type PreventableEvent<Details extends object> = Details & {
  readonly defaultPrevented: boolean;
  readonly preventDefault: () => void;
};

/** Makes an event whose `defaultPrevented` can be read after it was emitted. */
export function createPreventableEvent<Details extends object>(details: Details): PreventableEvent<Details> {
  let isPrevented = false;
  const prevention = {
    preventDefault: (): void => {
      isPrevented = true;
    },
    get defaultPrevented(): boolean {
      return isPrevented;
    },
  };
  return Object.assign(prevention, details);
}
