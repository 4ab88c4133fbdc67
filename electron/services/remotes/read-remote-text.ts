import { AppError } from '../../shared/app-error.ts';
import type { RemoteId } from '../../shared/ids.ts';
import { remoteVendors, vendorOfKind } from '../../shared/remote-vendors.ts';
import type { Remote, RemoteProblem, RemoteText } from '../../shared/remote.ts';
import { parsePolicyAddress, parseRemoteAddress } from './remote-address.ts';
import type { RemoteAddress } from './remote-address.ts';

/** A wrong field of a remote, with the reason that its sentence goes by. */
export function remoteProblem(field: keyof RemoteText, reason: RemoteProblem): AppError {
  return new AppError('app/invalid-input', `The remote cannot be like this: ${field}, ${reason}.`, { field, reason });
}

function addressOf(field: 'baseUrl' | 'policyUrl', address: RemoteAddress): string {
  if (address.status === 'wrong') throw remoteProblem(field, address.reason);
  return address.url;
}

/** Letters that do not show, turn the line round or end it: two names could look like one. */
const unreadable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

const foldName = (name: string): string => name.normalize('NFKC').toLowerCase();

function nameOf({ name }: RemoteText, others: readonly Remote[]): string {
  const written = name.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (written === '') throw remoteProblem('name', 'missing');
  if (unreadable.test(written)) throw remoteProblem('name', 'unreadable');
  // `hub` stands for somebody else wherever a key is set.
  const isTaken = [...others.map((other) => other.name), 'hub'].some((taken) => foldName(taken) === foldName(written));
  if (isTaken) throw remoteProblem('name', 'name-taken');
  return written;
}

function modelNameOf({ modelName }: RemoteText): string | null {
  const written = modelName?.trim() ?? '';
  if (/\s{2}|[\p{C}\p{Zl}\p{Zp}]/u.test(written)) throw remoteProblem('modelName', 'unreadable');
  return written === '' ? null : written;
}

/** A vendor's own page is never that of somebody else: what the vendor promises binds nobody but the vendor. */
function policyUrlOf({ policyUrl }: RemoteText, vendorPolicyUrl: string | null): string | null {
  const typed = (policyUrl ?? '').trim();
  const isVendors = Object.values(remoteVendors).some((vendor) => vendor.policyUrl === typed);
  return typed === '' || isVendors ? vendorPolicyUrl : addressOf('policyUrl', parsePolicyAddress(typed));
}

/**
 * What a person wrote down of a remote, as it is kept. Without an address it is the vendor's own, and so is the page about
 * what happens with what is sent, as long as the address is. `id` is that of the remote that changes, null for a new one.
 * Throws AppError `app/invalid-input` with `field` and `reason`, a `RemoteProblem`.
 */
export function readRemoteText(text: RemoteText, remotes: readonly Remote[], id: RemoteId | null): RemoteText {
  const { kind, zone } = text;
  const others = remotes.filter((remote) => remote.id !== id);
  const vendor = vendorOfKind(kind);
  const typed = text.baseUrl.trim() === '' ? (vendor?.baseUrl ?? '') : text.baseUrl;
  const baseUrl = addressOf('baseUrl', parseRemoteAddress(typed, zone));
  const isVendors = vendor !== null && URL.parse(baseUrl)?.host === URL.parse(vendor.baseUrl)?.host;
  return {
    kind,
    zone,
    name: nameOf(text, others),
    baseUrl,
    modelName: modelNameOf(text),
    policyUrl: policyUrlOf(text, isVendors ? vendor.policyUrl : null),
  };
}
