import { checkExternalLink } from '../guards/external-link.ts';
import type { Platform } from '../platform/platform.ts';
import { AppError } from '../shared/app-error.ts';

/** Opens a confirmed link outside the app. Throws AppError `app/invalid-input` for what may not leave. */
export async function openExternalLink(platform: Platform, link: string): Promise<void> {
  const checked = checkExternalLink(link);
  if (checked.status === 'refused')
    throw new AppError('app/invalid-input', 'This link may not be opened', { reason: checked.reason });
  await platform.openExternal(checked.url);
}
