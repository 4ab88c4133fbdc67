import type { Remote, RemoteKind, RemoteText, RemoteZone } from '../../../electron/shared/remote.ts';
import { vendorOfKind } from '../../../electron/shared/remote-vendors.ts';

/** What a person chooses from: the vendors, a server of their own, and any other cloud. */
export const remoteChoices = ['openai', 'anthropic', 'google', 'mistral', 'own-server', 'other'] as const;
export type RemoteChoice = (typeof remoteChoices)[number];

/** The choice as it is kept. */
export function kindOf(choice: RemoteChoice): { readonly kind: RemoteKind; readonly zone: RemoteZone } {
  if (choice === 'own-server') return { kind: 'openai-compatible', zone: 'own-server' };
  if (choice === 'other') return { kind: 'openai-compatible', zone: 'cloud' };
  return { kind: choice, zone: 'cloud' };
}

/** The choice that stands for what is kept. */
export function choiceOf({ kind, zone }: Pick<Remote, 'kind' | 'zone'>): RemoteChoice {
  if (kind !== 'openai-compatible') return kind;
  return zone === 'own-server' ? 'own-server' : 'other';
}

/** What is typed into the form; names and addresses of vendors are known without typing. */
export type RemoteDraft = {
  readonly choice: RemoteChoice;
  readonly name: string;
  readonly address: string;
  readonly policy: string;
};

/** A form for a vendor begins with the vendor's name, as long as that is free. */
export function draftFor(choice: RemoteChoice, takenNames: readonly string[]): RemoteDraft {
  const name = vendorOfKind(kindOf(choice).kind)?.name ?? '';
  return { choice, name: takenNames.includes(name) ? '' : name, address: '', policy: '' };
}

/** The form of one that there is. */
export function draftOf(remote: Remote): RemoteDraft {
  const { name, baseUrl, policyUrl } = remote;
  return { choice: choiceOf(remote), name, address: baseUrl, policy: policyUrl ?? '' };
}

/** The form as the service takes it; without an address it is the vendor's own. */
export function textOf({ choice, name, address, policy }: RemoteDraft, modelName: string | null): RemoteText {
  const { kind, zone } = kindOf(choice);
  const policyUrl = policy.trim() === '' ? null : policy.trim();
  return { kind, zone, name: name.trim(), baseUrl: address.trim(), modelName, policyUrl };
}
