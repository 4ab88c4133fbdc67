import type { AppClient } from '../../../app/app-client.ts';
import { cloudModeSchema } from '../../../shared/remote.ts';
import type { CloudMode } from '../../../shared/remote.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Command, CommandInput } from '../../command.ts';
import { priceOf } from '../../decide-at-terminal.ts';
import { WrongValueError } from '../../wrong-value-error.ts';

/** Throws WrongValueError. */
function readMode(typed: string | undefined): CloudMode | null {
  if (typed === undefined) return null;
  const mode = cloudModeSchema.safeParse(typed);
  if (!mode.success) throw new WrongValueError('MODE', typed, cloudModeSchema.options.join(', '));
  return mode.data;
}

/** Dollars with at most two decimals, in millionths. Throws WrongValueError. */
function readBudget(typed: string | undefined): number | null {
  if (typed === undefined) return null;
  if (!/^\d{1,5}(?:\.\d{1,2})?$/.test(typed)) throw new WrongValueError('--budget', typed, '0 – 99999.99');
  return Math.round(Number(typed) * 1_000_000);
}

const isOpen = ({ isOffline, allowedPurposes }: Settings): boolean =>
  !isOffline && allowedPurposes.includes('provider');

/** Opens the lock for large models when the person says so, on the terminal or by `--yes`. */
async function openTheWay({ settings }: AppClient, { options, terminal, signal }: CommandInput): Promise<void> {
  const now = await settings.get();
  if (isOpen(now)) return;
  const question = terminal.t(now.isOffline ? 'terminal:remotes.mode.openLock' : 'terminal:remotes.mode.openPurpose');
  if (!options.has('yes') && !(await terminal.confirm(question, signal))) return;
  const allowedPurposes = [...new Set([...now.allowedPurposes, 'provider' as const])];
  await settings.update({ isOffline: false, allowedPurposes });
}

/** `sotto remotes mode`: whether questions may go to large models, and what they may cost in a month. */
export const remotesModeCommand: Command = {
  name: 'remotes mode',
  usage: '[--budget DOLLARS] [--yes] [off|ask|auto]',
  words: 'command.remotesMode',
  options: {
    budget: { type: 'string', placeholder: 'DOLLARS', words: 'option.budget' },
    yes: { type: 'boolean', words: 'option.yesRemotes' },
  },
  positionals: [0, 1],
  examples: ['sotto remotes mode', 'sotto remotes mode ask', 'sotto remotes mode --budget 5 --yes auto'],
  run: async (input) => {
    const { options, positionals, terminal, openSession } = input;
    const [mode, budget] = [readMode(positionals[0]), readBudget(options.text('budget'))];
    await using session = await openSession();
    const { client } = session;
    if (mode !== null || budget !== null) {
      await client.settings.update({
        ...(mode === null ? {} : { cloudMode: mode }),
        ...(budget === null ? {} : { monthlyBudgetMicroDollars: budget }),
      });
    }
    if (mode !== null && mode !== 'off') await openTheWay(client, input);
    const settings = await client.settings.get();
    const { costMicroDollars, budgetMicroDollars } = await client.usage.month({ at: Date.now() });
    const { cloudMode } = settings;
    terminal.print(terminal.t(`terminal:remotes.mode.${cloudMode}`));
    if (cloudMode !== 'off') {
      const [spent, limit] = [costMicroDollars, budgetMicroDollars].map((sum) => priceOf(sum, terminal));
      terminal.print(terminal.t('terminal:remotes.mode.budget', { spent, limit }));
      if (!isOpen(settings)) terminal.note(terminal.t('terminal:remotes.mode.closed'));
    }
    return { json: { mode: cloudMode, isOpen: isOpen(settings), budgetMicroDollars, costMicroDollars } };
  },
};
