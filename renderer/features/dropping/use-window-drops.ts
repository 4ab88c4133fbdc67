import { useEffect, useEffectEvent, useState } from 'react';
import { droppedItems } from './dropped-entries.ts';
import type { DroppedItems } from './dropped-entries.ts';
import { isPictureOfPage, readDroppedLink } from './dropped-link.ts';
import type { DroppedLink } from './dropped-link.ts';
import { fileChoiceOf } from './file-work.ts';
import type { FileChoice } from './file-work.ts';

/** Files, or a link without one; null for what the page does with a drag by itself, such as moving text. */
function dragKind({ dataTransfer }: DragEvent): 'files' | 'link' | null {
  if (dataTransfer?.types.includes('Files') === true) return 'files';
  return dataTransfer?.types.includes('text/uri-list') === true ? 'link' : null;
}

/** A field takes a link as text by itself, where it comes as text too. */
const isForField = ({ target, dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('text/plain') === true &&
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable]') !== null;

/** What is done with what is dropped. */
export type WindowDrops = {
  readonly onDrop: (items: DroppedItems, choice: FileChoice | null) => void;
  readonly onLink: (link: DroppedLink) => void;
  /** What looks like a file and is a picture of another page. */
  readonly onPicture: (items: DroppedItems, choice: FileChoice | null) => void;
};

/** Listens to what is dragged over the window and dropped on it; true while files are held above it. */
export function useWindowDrops({ onDrop, onLink, onPicture }: WindowDrops): boolean {
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent(onDrop);
  const dropLink = useEffectEvent(onLink);
  const dropPicture = useEffectEvent(onPicture);
  useEffect(() => {
    // What begins in the window is a matter of the page: a picture of an answer is no file to be read.
    let isOwn = false;
    const onDragStart = (): void => void (isOwn = true);
    const onDragEnd = (): void => void (isOwn = false);
    const onDragOver = (event: DragEvent): void => {
      const kind = isOwn ? null : dragKind(event);
      if (kind === null || (kind === 'link' && isForField(event))) return;
      event.preventDefault();
      if (kind === 'files') setOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      // Null when the pointer leaves the window, not when it goes from one element to another.
      if (event.relatedTarget === null) setOver(false);
    };
    const onFilesDropped = (event: DragEvent): void => {
      const kind = isOwn ? null : dragKind(event);
      setOver(false);
      if (kind === null || event.dataTransfer === null || (kind === 'link' && isForField(event))) return;
      event.preventDefault();
      const items = droppedItems(event.dataTransfer);
      if (items.files.length + items.folders.length === 0) return dropLink(readDroppedLink(event.dataTransfer));
      const zone = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-choice]') : null;
      const choice = fileChoiceOf(zone?.dataset['choice']);
      if (isPictureOfPage(event.dataTransfer)) dropPicture(items, choice);
      else drop(items, choice);
    };
    window.addEventListener('dragstart', onDragStart);
    window.addEventListener('dragend', onDragEnd);
    window.addEventListener('dragenter', onDragOver);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onFilesDropped);
    return () => {
      window.removeEventListener('dragstart', onDragStart);
      window.removeEventListener('dragend', onDragEnd);
      window.removeEventListener('dragenter', onDragOver);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onFilesDropped);
    };
  }, []);
  return isOver;
}
