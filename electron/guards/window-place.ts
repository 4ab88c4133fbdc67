/** A rectangle of the desktop in device-independent pixels. */
export type WindowBounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What a display leaves for windows. */
export type DisplayRoom = { readonly workArea: WindowBounds };

/** Smallest size of the main window in pixels, where the display has room for it. */
export const leastWindowSize = { width: 480, height: 420 };
/** Size of the main window when nothing better is known, in pixels. */
const usualSize = { width: 1_280, height: 800 };
/** The strip along the upper edge by which a window is moved, and as much of its width as a hand needs, in pixels. */
const handle = { width: 120, height: 40 };

/**
 * Where the main window goes: where it was while it can be taken hold of there, otherwise wholly into sight of the display that it
 * overlaps most, or of the first. `saved` is null at the first start.
 *
 * @param displays the main one first; with none, the system chooses
 */
export function windowPlace(saved: WindowBounds | null, displays: readonly DisplayRoom[]): Partial<WindowBounds> {
  const rooms = displays.map(({ workArea }) => workArea).filter(({ width, height }) => width > 0 && height > 0);
  const [first] = rooms;
  if (first === undefined) return saved === null ? usualSize : { width: saved.width, height: saved.height };
  if (saved === null) return centered(first);
  const best = rooms.reduce((most, room) => (overlap(room, saved) > overlap(most, saved) ? room : most), first);
  const size = fittingSize(saved, best);
  const kept = { x: Math.round(saved.x), y: Math.round(saved.y), ...size };
  return rooms.some((room) => canBeHeld(kept, room)) ? kept : movedInto(kept, best);
}

function centered(room: WindowBounds): WindowBounds {
  const size = fittingSize(usualSize, room);
  return {
    x: Math.round(room.x + (room.width - size.width) / 2),
    y: Math.round(room.y + (room.height - size.height) / 2),
    ...size,
  };
}

function fittingSize(wanted: Pick<WindowBounds, 'width' | 'height'>, room: WindowBounds): typeof usualSize {
  const fit = (length: number, least: number, most: number): number =>
    Math.min(Math.max(Math.round(length), least), Math.floor(most));
  return {
    width: fit(wanted.width, leastWindowSize.width, room.width),
    height: fit(wanted.height, leastWindowSize.height, room.height),
  };
}

function canBeHeld(window: WindowBounds, room: WindowBounds): boolean {
  const top = { x: window.x, y: window.y, width: window.width, height: handle.height };
  const isTopInside = window.y >= room.y && window.y + handle.height <= room.y + room.height;
  return isTopInside && overlapAlong(top.x, top.width, room.x, room.width) >= Math.min(handle.width, window.width);
}

function movedInto(window: WindowBounds, room: WindowBounds): WindowBounds {
  const into = (start: number, length: number, roomStart: number, roomLength: number): number =>
    Math.round(Math.min(Math.max(start, roomStart), roomStart + roomLength - length));
  return {
    ...window,
    x: into(window.x, window.width, room.x, room.width),
    y: into(window.y, window.height, room.y, room.height),
  };
}

function overlap(one: WindowBounds, other: WindowBounds): number {
  return overlapAlong(one.x, one.width, other.x, other.width) * overlapAlong(one.y, one.height, other.y, other.height);
}

function overlapAlong(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.max(0, Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart));
}
