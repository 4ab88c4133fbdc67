import type { AppClient } from '../../../app/app-client.ts';
import type { EgressPurpose } from '../../../shared/ledger-entry.ts';
import { settingsSchema } from '../../../shared/settings.ts';
import type { CommandInput, CommandOption } from '../../command.ts';
import { WrongValueError } from '../../wrong-value-error.ts';

/** Options of every command that may ask the hub. */
export const hubOptions: Readonly<Record<'yes' | 'hub', CommandOption>> = {
  yes: { type: 'boolean', words: 'option.yes' },
  hub: { type: 'string', placeholder: 'ADDRESS', words: 'option.hub' },
};

/** Host name of the hub in use, after `--hub` was taken over. Throws WrongValueError for what is no address of a hub. */
export async function chooseHub({ settings }: AppClient, { options }: CommandInput): Promise<string> {
  const typed = options.text('hub');
  if (typed === undefined) return new URL((await settings.get()).hubAddress).host;
  const address = settingsSchema.unwrap().shape.hubAddress.safeParse(typed);
  if (!address.success) throw new WrongValueError('--hub', typed, 'https://host');
  await settings.update({ hubAddress: address.data });
  return new URL(address.data).host;
}

/** What a command wants to ask the hub for. */
export type Wish = { readonly host: string; readonly purposes: readonly EgressPurpose[] };

/**
 * True when the hub may be asked: it was allowed before, `--yes` allows it, or the person does on the terminal. Opens the
 * lock for these purposes; others stay as they were.
 */
export async function mayAskHub(
  { host, purposes }: Wish,
  { settings }: AppClient,
  { options, terminal, signal }: CommandInput,
): Promise<boolean> {
  const { isOffline, allowedPurposes } = await settings.get();
  const missing = purposes.filter((purpose) => !allowedPurposes.includes(purpose));
  if (!isOffline && missing.length === 0) return true;
  const key = purposes.includes('model-download') ? 'consentDownload' : 'consentSearch';
  const isAllowed =
    options.has('yes') || (await terminal.confirm(terminal.t(`terminal:models.${key}`, { host }), signal));
  if (!isAllowed) return false;
  await settings.update({ isOffline: false, allowedPurposes: [...allowedPurposes, ...missing] });
  terminal.note(terminal.t('terminal:models.allowed'));
  return true;
}
