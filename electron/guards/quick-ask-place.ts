/** A rectangle of the desktop in device-independent pixels; displays beside or above the first have negative corners. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A point of the desktop in device-independent pixels. */
export type Point = { readonly x: number; readonly y: number };

/** A display, and what the taskbar, the dock and the menu bar leave of it. */
export type DisplayArea = { readonly bounds: Area; readonly workArea: Area };

/** Width of quick-ask in pixels; narrower only where a display is. */
export const quickAskWidthPixels = 640;
/** Height of the empty field, before the page has told its own. */
export const quickAskStartHeightPixels = 120;
const quickAskMinimumHeightPixels = 56;
/** Part of the free height above the window, where the eye rests when it looks at the whole screen. */
const shareAbove = 0.2;
const marginPixels = 16;
/** Where there is no display at all, as while a laptop changes its dock. */
const anywhere: Area = { x: 0, y: 0, width: 1_024, height: 640 };

/**
 * Where quick-ask goes: in the middle of the display with the cursor, in its upper part, never over its edges. A cursor
 * between or outside all displays counts for the nearest.
 *
 * @param heightPixels what the page asks for; what is no number counts as the empty field's
 */
export function quickAskPlace(cursor: Point, displays: readonly DisplayArea[], heightPixels: number): Area {
  const free = nearestDisplay(cursor, displays)?.workArea ?? anywhere;
  const width = Math.round(Math.min(quickAskWidthPixels, free.width));
  const x = Math.round(free.x + (free.width - width) / 2);
  const y = Math.round(free.y + free.height * shareAbove);
  return { x, y, width, height: fittingHeight(heightPixels, y, free) };
}

/** The window at a new height: its upper edge stays where it is, so that nothing jumps under the eyes. */
export function quickAskGrown(window: Area, displays: readonly DisplayArea[], heightPixels: number): Area {
  const free = nearestDisplay(centerOf(window), displays)?.workArea ?? anywhere;
  return { ...window, height: fittingHeight(heightPixels, window.y, free) };
}

/**
 * The window after displays came, went or changed: where it is while it is wholly in sight, otherwise where it would go on
 * the display that is now the nearest.
 */
export function quickAskAfterDisplayChange(window: Area, displays: readonly DisplayArea[]): Area {
  if (displays.some(({ workArea }) => contains(workArea, window))) return window;
  return quickAskPlace(centerOf(window), displays, window.height);
}

function fittingHeight(wantedPixels: number, top: number, free: Area): number {
  const wanted = Number.isFinite(wantedPixels) ? Math.ceil(wantedPixels) : quickAskStartHeightPixels;
  const room = Math.floor(free.y + free.height - marginPixels - top);
  return Math.max(quickAskMinimumHeightPixels, Math.min(wanted, room));
}

function nearestDisplay(point: Point, displays: readonly DisplayArea[]): DisplayArea | null {
  let nearest: DisplayArea | null = null;
  let leastDistance = Infinity;
  for (const display of displays) {
    const distance = distanceTo(display.bounds, point);
    if (distance >= leastDistance || display.workArea.width < 1 || display.workArea.height < 1) continue;
    nearest = display;
    leastDistance = distance;
  }
  return nearest;
}

/** Zero inside. The right and the lower edge belong to the next display. */
function distanceTo({ x, y, width, height }: Area, point: Point): number {
  const beside = Math.max(x - point.x, 0, point.x - (x + width - 1));
  const above = Math.max(y - point.y, 0, point.y - (y + height - 1));
  return Math.hypot(beside, above);
}

function centerOf({ x, y, width, height }: Area): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function contains(outer: Area, inner: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
