import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type EmptyStateProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** Teaches by one example. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-xl border border-dashed border-edge px-6 py-14 text-center">
      <Icon aria-hidden size={26} strokeWidth={1.4} className="mb-2 text-faint" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="max-w-[46ch] text-base text-soft">{children}</p>
      {actions === undefined ? null : <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
