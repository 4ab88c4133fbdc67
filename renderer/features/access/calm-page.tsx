import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type CalmPageProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
};

/** One thing to do, in the middle of an empty window. */
export function CalmPage({ icon: Icon, title, lead, children }: CalmPageProps) {
  return (
    <div className="flex h-full flex-col">
      <header className="drag-region beside-window-controls flex h-11 shrink-0 items-center px-5">
        <span className="text-base font-semibold tracking-tight">Sotto</span>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto px-6">
        <div className="mx-auto flex min-h-full w-full max-w-[440px] flex-col justify-center gap-5 pt-4 pb-[14vh]">
          <div className="flex flex-col gap-1.5">
            <Icon aria-hidden size={28} strokeWidth={1.4} className="mb-1.5 text-accent" />
            <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
            <p className="text-base text-pretty text-soft">{lead}</p>
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}
