import { use } from 'react';
import type { ReactNode } from 'react';
import { MarkdownActionsContext } from './markdown-actions.ts';

/** A link that goes nowhere by itself: it asks first, and shows where it would go. */
export function InertLink({ address, children }: { readonly address: string; readonly children?: ReactNode }) {
  const { onOpenLink, isHeldLink } = use(MarkdownActionsContext);
  if (isHeldLink?.(address) === true) {
    return (
      <span title={address} className="underline decoration-cloud decoration-dotted">
        {children}
      </span>
    );
  }
  return (
    <button type="button" className="link" onClick={() => onOpenLink(address)}>
      {children}
    </button>
  );
}
