import type Electron from 'electron';
import { app } from './app.ts';
import { addToDesk } from './desk.ts';
import { strictClass, strictEmitter } from './strict.ts';
import { windowRegistry } from './window-registry.ts';

type ItemOptions = Electron.MenuItemConstructorOptions;

/** What the roles do that tests click on; a click on another role throws. Names are compared in lower case. */
const roleActions: Readonly<Record<string, () => void>> = {
  quit: () => app.quit(),
  close: () => windowRegistry.focused?.close(),
  minimize: () => windowRegistry.focused?.minimize(),
  reload: () => windowRegistry.focused?.webContents.reload(),
};

/** Electron's MenuItem. */
export class MenuItemDouble extends strictClass('MenuItem') {
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly id: string;
  readonly type: NonNullable<ItemOptions['type']>;
  readonly accelerator: string | null;
  readonly submenu?: MenuDouble;
  readonly #role: ItemOptions['role'];
  readonly #click: ItemOptions['click'];

  constructor(options: ItemOptions) {
    super();
    this.label = options.label ?? options.role ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.id = options.id ?? '';
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal');
    this.#role = options.role;
    this.accelerator = options.accelerator ?? null;
    if (Array.isArray(options.submenu)) this.submenu = MenuDouble.buildFromTemplate(options.submenu);
    this.#click = options.click;
  }

  /** What choosing the item does; nothing when it is disabled. */
  click(): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.#role !== undefined) {
      const act = roleActions[this.#role.toLowerCase()];
      if (!act) throw new Error(`A click on the menu role ${this.#role} is not part of the test double`);
      return act();
    }
    // Electron declares click(item, window, event); the double has no keyboard state to report.
    if (this.#click) Reflect.apply(this.#click, undefined, [this, windowRegistry.focused, {}]);
  }
}

/** Throws for a finished item: the double takes the options of one only. */
function isItemOptions(item: ItemOptions | Electron.MenuItem): item is ItemOptions {
  if (item instanceof MenuItemDouble) throw new Error('A MenuItem in a template is not part of the test double');
  return true;
}

/** Electron's Menu, never drawn. */
export class MenuDouble extends strictEmitter('Menu', []) {
  static #applicationMenu: MenuDouble | null = null;
  readonly items: readonly MenuItemDouble[];

  constructor(items: readonly MenuItemDouble[] = []) {
    super();
    this.items = items;
  }

  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  /** Nothing is drawn; a spec reads and chooses at the desk. */
  popup(_options?: Electron.PopupOptions): void {
    addToDesk({
      popupLabels: () => this.items.filter(({ type }) => type !== 'separator').map(({ label }) => label),
      chooseInPopup: (wanted) => {
        const item = this.items.find(({ label }) => label === wanted);
        if (item === undefined) throw new Error(`The menu does not say ${wanted}`);
        item.click();
      },
    });
  }

  static buildFromTemplate(template: readonly (ItemOptions | Electron.MenuItem)[]): MenuDouble {
    return new MenuDouble(template.filter(isItemOptions).map((options) => new MenuItemDouble(options)));
  }

  static setApplicationMenu(menu: Electron.Menu | null): void {
    if (menu !== null && !(menu instanceof MenuDouble)) throw new TypeError('Invalid menu');
    MenuDouble.#applicationMenu = menu;
  }

  static getApplicationMenu(): MenuDouble | null {
    return MenuDouble.#applicationMenu;
  }
}
