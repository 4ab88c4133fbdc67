import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

type FoldProps = {
  readonly label: string;
  /** What the label is about, for who does not see what it stands beside. */
  readonly of?: string;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
};

/** More of something, behind its name. */
export function Fold({ label, of, isOpen = false, children }: FoldProps) {
  return (
    <details open={isOpen} className="group">
      <summary className="-ml-1 flex min-h-7 w-fit list-none items-center gap-1 rounded-sm px-1 text-sm font-medium text-accent hover:bg-hover">
        <ChevronRight aria-hidden size={14} className="transition-transform group-open:rotate-90" />
        {label}
        {of === undefined ? null : <span className="sr-only">: {of}</span>}
      </summary>
      {children}
    </details>
  );
}
