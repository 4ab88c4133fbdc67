import type Electron from 'electron';
import { addToDesk } from './desk.ts';
import { MenuDouble } from './menu.ts';
import { strictEmitter } from './strict.ts';

/** Electron's Tray, never drawn; a spec chooses in its menu at the desk. `ELECTRON_DOUBLE_NO_TRAY=1` refuses it. */
export class TrayDouble extends strictEmitter('Tray', ['click', 'right-click']) {
  static readonly #shown = new Set<TrayDouble>();
  #menu: MenuDouble | null = null;
  #toolTip = '';

  constructor(_image: string | Electron.NativeImage) {
    super();
    if (process.env['ELECTRON_DOUBLE_NO_TRAY'] === '1') throw new Error('Failed to create a status icon');
    TrayDouble.#shown.add(this);
  }

  static {
    const only = (): TrayDouble => {
      const [tray] = TrayDouble.#shown;
      if (tray === undefined) throw new Error('There is no tray');
      return tray;
    };
    addToDesk({
      clickTray: () => void only().emit('click'),
      trayToolTip: () => only().#toolTip,
      trayLabels: () =>
        only()
          .#menu?.items.filter(({ type }) => type !== 'separator')
          .map(({ label }) => label) ?? [],
      chooseInTray: (id) => {
        const item = only().#menu?.getMenuItemById(id);
        if (!item) throw new Error(`The tray has no ${id}`);
        item.click();
      },
    });
  }

  setImage(_image: string | Electron.NativeImage): void {
    this.#assertAlive();
  }

  setToolTip(toolTip: string): void {
    this.#assertAlive();
    this.#toolTip = toolTip;
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.#assertAlive();
    if (menu !== null && !(menu instanceof MenuDouble)) throw new TypeError('Invalid menu');
    this.#menu = menu;
  }

  destroy(): void {
    TrayDouble.#shown.delete(this);
  }

  isDestroyed(): boolean {
    return !TrayDouble.#shown.has(this);
  }

  #assertAlive(): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
  }
}
