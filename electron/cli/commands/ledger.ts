import type { Command } from '../command.ts';
import { wholeNumber } from '../wrong-value-error.ts';

/** `sotto ledger`: what left the machine, or was refused before it could. */
export const ledgerCommand: Command = {
  name: 'ledger',
  usage: '[--limit N]',
  words: 'command.ledger',
  options: { limit: { type: 'string', placeholder: 'N', words: 'option.limit' } },
  positionals: [0, 0],
  examples: ['sotto ledger', 'sotto ledger --limit 20 --json'],
  run: async ({ options, terminal, openSession }) => {
    const limit = wholeNumber('--limit', options.text('limit'), { least: 1, most: 1_000, otherwise: 200 });
    await using session = await openSession();
    const entries = await session.client.privacy.ledger({ limit });
    if (entries.length === 0) terminal.print(terminal.t('terminal:ledger.empty'));
    for (const { at, host, purpose, askedBy, outcome, bytesSent, bytesReceived } of entries) {
      const traffic = `${bytesSent} ↑ ${bytesReceived} ↓`;
      terminal.print(
        `${new Date(at).toISOString()}  ${outcome.padEnd(9)}  ${host}  ${purpose}  ${askedBy}  ${traffic}`,
      );
    }
    return { json: { entries } };
  },
};
