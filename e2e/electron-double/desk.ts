import type Electron from 'electron';

/** A display as a spec plugs it in; the work area is the whole of it unless told otherwise. */
export type DeskDisplay = {
  readonly id: number;
  readonly bounds: Electron.Rectangle;
  readonly workArea?: Electron.Rectangle;
  readonly scaleFactor?: number;
};

/** What a spec does to the machine around the app; each part of the double adds what it plays. */
export type Desk = {
  /** Presses the keys of a global shortcut; false when nobody listens. */
  pressShortcut(accelerator: string): boolean;
  /** Another program has taken, or given back, the keys. */
  takeShortcut(accelerator: string, isTaken: boolean): void;
  /** Plugs and unplugs displays, the main one first. */
  setDisplays(displays: readonly DeskDisplay[]): void;
  setCursor(point: Electron.Point): void;
  /** Another app comes to the front. */
  focusElsewhere(): void;
  /** What is selected in the app in front, as X11 tells. */
  setSelection(text: string): void;
};

const key = Symbol.for('electron-double.desk');

/** Adds functions to the desk, where `application.evaluate` of a spec finds them. */
export function addToDesk(part: Partial<Desk>): void {
  // The one object of the process that both the double and a spec's function can reach.
  const desk = (Reflect.get(globalThis, key) as Partial<Desk> | undefined) ?? {};
  Reflect.set(globalThis, key, Object.assign(desk, part));
}
