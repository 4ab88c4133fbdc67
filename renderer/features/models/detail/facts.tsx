import type { ReactNode } from 'react';

/** Facts as pairs of a name and what it is. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="flex flex-col">{children}</dl>;
}

type FactProps = { readonly name: string; readonly children: ReactNode };

export function Fact({ name, children }: FactProps) {
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-0.5 border-b border-hairline py-2 last:border-b-0">
      <dt className="w-40 shrink-0 text-base text-soft">{name}</dt>
      <dd className="selectable numeric min-w-0 flex-1 basis-60 text-base break-words">{children}</dd>
    </div>
  );
}
