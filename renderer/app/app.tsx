import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { ApiProvider } from '../api/api-context.tsx';
import type { Api } from '../api/api-context.tsx';
import { AccessGate } from '../features/access/access-gate.tsx';
import { ConnectionRefused } from '../features/status/connection-refused.tsx';
import { Appearance } from './appearance.tsx';
import { QuickAsk } from './pages/quick-ask.tsx';
import { Session } from './session.tsx';
import { useQuickAskAddress } from './use-quick-ask-address.ts';

const tooltipDelayMs = 500;

/** The window: everything that all of its pages stand on. */
export function App({ api }: { readonly api: Api }) {
  return (
    <CSPProvider disableStyleElements>
      <ApiProvider api={api}>
        <Appearance>
          <Tooltip.Provider delay={tooltipDelayMs}>
            <Pages />
          </Tooltip.Provider>
        </Appearance>
      </ApiProvider>
    </CSPProvider>
  );
}

function Pages() {
  const refused = <ConnectionRefused />;
  if (useQuickAskAddress()) return <QuickAsk refused={refused} />;
  return (
    <AccessGate refused={refused}>
      <Session />
    </AccessGate>
  );
}
