import { checkExternalLink, type ExternalLink } from './external-link.ts';

/** No page ever opens a window. A link that may leave is handed on, to be confirmed with its real host. */
export function decideWindowOpen(url: string): {
  readonly action: 'deny';
  readonly confirm: Extract<ExternalLink, { status: 'allowed' }> | null;
} {
  const link = checkExternalLink(url);
  return { action: 'deny', confirm: link.status === 'allowed' ? link : null };
}
