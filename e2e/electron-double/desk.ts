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
  /** Of the main window's button in the taskbar: 0 to 1, 2 while its size is unknown, -1 without any. */
  progress(): number;
  /** Of the menu that popped up last. */
  popupLabels(): readonly string[];
  /** Chooses an entry of it by what it says. */
  chooseInPopup(label: string): void;
  clickTray(): void;
  /** Chooses the entry of the tray's menu with this id. */
  chooseInTray(id: string): void;
  trayToolTip(): string;
  /** Of the tray's menu, separators left out. */
  trayLabels(): readonly string[];
  /** Those that show. */
  notifications(): readonly { readonly title: string; readonly body: string }[];
  clickNotification(title: string): void;
  /** Of the machine: `suspend`, `lock-screen`, `on-battery` and so on. */
  emitPower(event: string): void;
};

const key = Symbol.for('electron-double.desk');

/** Adds functions to the desk, where `application.evaluate` of a spec finds them. */
export function addToDesk(part: Partial<Desk>): void {
  // The one object of the process that both the double and a spec's function can reach.
  const desk = (Reflect.get(globalThis, key) as Partial<Desk> | undefined) ?? {};
  Reflect.set(globalThis, key, Object.assign(desk, part));
}
