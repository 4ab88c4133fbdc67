import { FileSearch, Library, ScrollText } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FileChoice } from './file-work.ts';
import { useWindowDrops } from './use-window-drops.ts';
import type { WindowDrops } from './use-window-drops.ts';

/** While files are dragged over the window, the window is one target with the choices that fit; a link becomes text. */
export function DropTarget(drops: WindowDrops) {
  const { t } = useTranslation();
  const isOver = useWindowDrops(drops);
  if (!isOver) return null;
  // Above the dialog of an earlier drop, which otherwise takes what is dropped on the zone behind it.
  return (
    <section
      aria-label={t('drop.title')}
      className="fixed inset-0 z-60 flex flex-col items-center justify-center gap-5 bg-canvas/95 p-6"
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
