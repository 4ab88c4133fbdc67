import { FileSearch, Library, ScrollText } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
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

type DropTargetProps = {
  readonly onDrop: (items: DroppedItems, choice: FileChoice | null) => void;
  readonly onLink: (link: DroppedLink) => void;
  /** What looks like a file and is a picture of another page. */
  readonly onPicture: (items: DroppedItems, choice: FileChoice | null) => void;
};

/** While files are dragged over the window, the window is one target with the choices that fit; a link becomes text. */
export function DropTarget({ onDrop, onLink, onPicture }: DropTargetProps) {
  const { t } = useTranslation();
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
  if (!isOver) return null;
  return (
    <section
      aria-label={t('drop.title')}
      className="fixed inset-0 z-50 flex flex-col items-center justify-center gap-5 bg-canvas/95 p-6"
    >
      <p className="text-xl font-semibold tracking-tight">{t('drop.title')}</p>
      <div className="flex w-full max-w-3xl gap-4 max-sm:flex-col">
        <Zone choice="summarise" icon={ScrollText} title={t('drop.summarise')} detail={t('drop.summariseText')} />
        <Zone choice="ask" icon={FileSearch} title={t('drop.ask')} detail={t('drop.askText')} />
        <Zone choice="collect" icon={Library} title={t('drop.collect')} detail={t('drop.collectText')} />
      </div>
      <p className="text-center text-base text-pretty text-soft">{t('drop.model')}</p>
    </section>
  );
}

type ZoneProps = {
  readonly choice: FileChoice;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly detail: string;
};

function Zone({ choice, icon: Icon, title, detail }: ZoneProps) {
  return (
    <section
      aria-label={title}
      data-choice={choice}
      className="flex flex-1 flex-col items-center gap-1.5 rounded-xl border-2 border-dashed border-edge bg-raised px-5 py-12 text-center max-sm:py-6"
    >
      <Icon aria-hidden size={24} strokeWidth={1.5} className="mb-1 text-accent" />
      <p className="text-lg font-semibold">{title}</p>
      <p className="text-base text-soft">{detail}</p>
    </section>
  );
}
