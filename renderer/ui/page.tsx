import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { addressOf } from '../lib/destination.ts';
import type { Destination } from '../lib/destination.ts';
import { classNames } from './class-names.ts';

type PageProps = {
  readonly title: string;
  readonly lead?: string;
  /** Where it belongs to, for the way back. */
  readonly back?: { readonly to: Destination; readonly label: string };
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

/** A page that is not a conversation: its name, one sentence about it, what can be done, and its content. */
export function Page({ title, lead, back, actions, isWide = false, children }: PageProps) {
  return (
    // What is for screen readers only lies outside of the flow: its frame is here, or the whole window could be scrolled by it.
    <div className="relative h-full overflow-y-auto">
      <div
        className={classNames(
          'mx-auto flex flex-col gap-6 px-6 pt-3 pb-12 sm:px-8',
          isWide ? 'max-w-5xl' : 'max-w-3xl',
        )}
      >
        <header className="flex flex-col gap-1">
          {back === undefined ? null : (
            <a
              href={addressOf(back.to)}
              className="-ml-2 flex h-7 w-fit items-center gap-1.5 rounded-md px-2 text-sm font-medium text-soft hover:bg-hover hover:text-ink"
            >
              <ArrowLeft aria-hidden size={14} /> {back.label}
            </a>
          )}
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <h1
              tabIndex={-1}
              data-page-title
              className="min-w-0 flex-1 basis-auto text-2xl font-semibold tracking-tight break-words outline-none"
            >
              {title}
            </h1>
            {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
          </div>
          {lead === undefined ? null : <p className="max-w-[66ch] text-base text-pretty text-soft">{lead}</p>}
        </header>
        {children}
      </div>
    </div>
  );
}

type SectionProps = { readonly title: string; readonly children: ReactNode };

export function Section({ title, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-faint">{title}</h2>
      {children}
    </section>
  );
}
