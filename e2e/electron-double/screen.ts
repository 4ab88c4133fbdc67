import type Electron from 'electron';
import { addToDesk, type DeskDisplay } from './desk.ts';
import { asElectron } from './partial-electron.ts';
import { strictEmitter, strictObject } from './strict.ts';

const firstDisplay: DeskDisplay = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1_920, height: 1_080 },
  workArea: { x: 0, y: 0, width: 1_920, height: 1_040 },
};

function toDisplay({ id, bounds, workArea = bounds, scaleFactor = 1 }: DeskDisplay): Electron.Display {
  const size = { width: bounds.width, height: bounds.height };
  const workAreaSize = { width: workArea.width, height: workArea.height };
  return asElectron<Electron.Display>(
    strictObject('Display', { id, bounds, workArea, scaleFactor, size, workAreaSize, rotation: 0, internal: id === 1 }),
  );
}

/** Squared distance of a point to a rectangle; 0 inside. */
function distance({ x, y, width, height }: Electron.Rectangle, point: Electron.Point): number {
  const beside = Math.max(x - point.x, 0, point.x - (x + width - 1));
  const above = Math.max(y - point.y, 0, point.y - (y + height - 1));
  return beside ** 2 + above ** 2;
}

function overlap(one: Electron.Rectangle, other: Electron.Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(width, 0) * Math.max(height, 0);
}

/** Electron's screen: the displays and the cursor are what a spec makes them. */
export class ScreenDouble extends strictEmitter('screen', [
  'display-added',
  'display-removed',
  'display-metrics-changed',
]) {
  #displays: readonly Electron.Display[] = [toDisplay(firstDisplay)];
  #cursor: Electron.Point = { x: 960, y: 540 };

  constructor() {
    super();
    addToDesk({
      setDisplays: (displays) => this.#replace(displays.map(toDisplay)),
      setCursor: (point) => {
        this.#cursor = point;
      },
    });
  }

  getAllDisplays(): Electron.Display[] {
    return [...this.#displays];
  }

  getPrimaryDisplay(): Electron.Display {
    return this.#displays[0] ?? toDisplay({ id: -1, bounds: { x: 0, y: 0, width: 0, height: 0 } });
  }

  getCursorScreenPoint(): Electron.Point {
    return { ...this.#cursor };
  }

  getDisplayNearestPoint(point: Electron.Point): Electron.Display {
    const near = [...this.#displays].sort((a, b) => distance(a.bounds, point) - distance(b.bounds, point));
    return near[0] ?? this.getPrimaryDisplay();
  }

  getDisplayMatching(area: Electron.Rectangle): Electron.Display {
    const most = [...this.#displays].sort((a, b) => overlap(b.bounds, area) - overlap(a.bounds, area));
    return most[0] ?? this.getPrimaryDisplay();
  }

  #replace(displays: readonly Electron.Display[]): void {
    const before = this.#displays;
    this.#displays = displays;
    for (const old of before) {
      if (!displays.some(({ id }) => id === old.id)) this.emit('display-removed', {}, old);
    }
    for (const display of displays) {
      const old = before.find(({ id }) => id === display.id);
      if (old === undefined) this.emit('display-added', {}, display);
      else if (JSON.stringify(old) !== JSON.stringify(display)) {
        this.emit('display-metrics-changed', {}, display, ['bounds', 'workArea', 'scaleFactor']);
      }
    }
  }
}

export const screen = new ScreenDouble();
