import type { AppClient } from '../app/app-client.ts';
import type { CloudPreview } from '../shared/cloud-preview.ts';
import type { PreviewId } from '../shared/ids.ts';
import type { Terminal } from './terminal.ts';

/** What deciding needs. */
export type DecideOptions = {
  readonly client: AppClient;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** Money in US dollars, in the person's own form; small sums keep their digits. */
export function priceOf(microDollars: number, { language }: Pick<Terminal, 'language'>): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', maximumFractionDigits: 6 });
  return format.format(microDollars / 1_000_000);
}

/** The request as it would leave, on standard error: the result is somebody else's. */
function printPreview(preview: CloudPreview, terminal: Terminal): void {
  const { t } = terminal;
  const {
    modelName: model,
    host,
    body,
    replacements,
    inputTokens: tokens,
    savedTokens,
    mostCostMicroDollars,
  } = preview;
  terminal.note(t('terminal:ask.elsewhere', { model, host }));
  terminal.note(body);
  const lines = replacements.map(({ placeholder, original }) =>
    t('terminal:ask.replacedAs', { placeholder, original }),
  );
  for (const line of new Set(lines)) terminal.note(line);
  if (savedTokens > 0) terminal.note(t('terminal:ask.saved', { tokens: savedTokens }));
  terminal.note(
    mostCostMicroDollars === null
      ? t('terminal:ask.sizeUnpriced', { tokens })
      : t('terminal:ask.size', { tokens, price: priceOf(mostCostMicroDollars, terminal) }),
  );
}

/**
 * Shows a request that waits and asks whether it may leave; anything but yes answers on this machine. So does a command
 * that nobody can be asked by, which says so.
 */
export async function decideAtTerminal(id: PreviewId, { client, terminal, signal }: DecideOptions): Promise<void> {
  if (!terminal.canAsk) {
    terminal.note(terminal.t('terminal:ask.notAsked'));
    await client.cloud.decide({ id, decision: 'local' });
    return;
  }
  const preview = await client.cloud.preview({ id });
  printPreview(preview, terminal);
  const isYes = await terminal.confirm(terminal.t('terminal:ask.send'), signal);
  // Whoever gave up with Ctrl+C has stopped the answer, and its preview with it.
  if (signal.aborted) return;
  if (isYes) await client.cloud.decide({ id, decision: 'send', bodyHash: preview.bodyHash });
  else await client.cloud.decide({ id, decision: 'local' });
}
