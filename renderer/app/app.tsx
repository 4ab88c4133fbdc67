import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProvider } from '../api/api-context.tsx';
import type { Api } from '../api/api-context.tsx';
import { DraftsContext } from '../lib/drafts.ts';
import { Notifications } from '../ui/notifications.tsx';
import { Appearance } from './appearance.tsx';
import { createAppRouter } from './router.tsx';

const tooltipDelayMs = 500;

/** The window: everything that all of its pages stand on. */
export function App({ api }: { readonly api: Api }) {
  const [router] = useState(createAppRouter);
  const [drafts] = useState(() => new Map());
  return (
    <CSPProvider disableStyleElements>
      <ApiProvider api={api}>
        <Appearance>
          <DraftsContext value={drafts}>
            <Tooltip.Provider delay={tooltipDelayMs}>
              <Notifications>
                <RouterProvider router={router} />
              </Notifications>
            </Tooltip.Provider>
          </DraftsContext>
        </Appearance>
      </ApiProvider>
    </CSPProvider>
  );
}
