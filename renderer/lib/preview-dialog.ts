import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import type { PreviewId } from '../../electron/shared/ids.ts';

/** Draws what would leave and asks a person; the app's own folder puts the dialog behind it. */
export const PreviewDialogContext = createContext<(id: PreviewId) => ReactNode>(() => null);

export function usePreviewDialog(): (id: PreviewId) => ReactNode {
  return use(PreviewDialogContext);
}
