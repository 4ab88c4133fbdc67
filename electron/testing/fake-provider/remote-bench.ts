import { createEgress } from '../../egress/create-egress.ts';
import type { EgressLedger } from '../../egress/egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import { createRemoteProvider } from '../../providers/create-remote-provider.ts';
import { remoteLimits } from '../../providers/remote-answer-body.ts';
import type { RemoteLimits } from '../../providers/remote-answer-body.ts';
import type { RemotePart, RemoteProvider, RemoteRequest, SendOptions } from '../../providers/remote-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import type { LedgerEntry } from '../../shared/ledger-entry.ts';
import type { Remote, RemoteKind } from '../../shared/remote.ts';
import { startFakeProvider } from '../fake-provider-server.ts';
import type { FakeProviderOptions, FakeProviderServer } from '../fake-provider-server.ts';

/** A remote of one kind on a server of this machine. */
export function buildRemote(kind: RemoteKind, baseUrl: string, more: Partial<Remote> = {}): Remote {
  const id = createId(remoteIdSchema);
  return {
    id,
    kind,
    zone: 'cloud',
    name: kind,
    baseUrl,
    modelName: 'large',
    contextTokens: null,
    policyUrl: null,
    ...more,
  };
}

/** What came of a request: everything that was said, and the error that ended it. */
export type RemoteOutcome = {
  readonly text: string;
  readonly reasoning: string;
  readonly end: Extract<RemotePart, { type: 'remote-end' }> | null;
  /** Null for an answer that came whole; anything that is no AppError is thrown on. */
  readonly error: AppError | null;
};

/** A remote provider before the real policy, with a ledger in memory, and a server that it reaches. */
export type RemoteBench = {
  readonly server: FakeProviderServer;
  readonly provider: RemoteProvider;
  readonly ledger: () => readonly LedgerEntry[];
  remote(kind: RemoteKind, more?: Partial<Remote>): Remote;
  /** Captures, sends and reads all of it. */
  ask(
    remote: Remote,
    request: RemoteRequest,
    options?: Partial<SendOptions>,
    signal?: AbortSignal,
  ): Promise<RemoteOutcome>;
  close(): Promise<void>;
};

/** Sent with, unless a test says otherwise. */
export const usualSendOptions: SendOptions = {
  key: 'test-key',
  isLocalOnly: false,
  conversationId: null,
  mostCostMicroDollars: null,
  onEntry: () => undefined,
};

/** Reads what a remote says to its end. */
export async function readOutcome(parts: AsyncIterable<RemotePart>): Promise<RemoteOutcome> {
  const said = { 'text-delta': '', 'reasoning-delta': '' };
  let end: RemoteOutcome['end'] = null;
  let error: AppError | null = null;
  try {
    for await (const part of parts) {
      if (part.type === 'remote-end') end = part;
      else said[part.type] += part.text;
    }
  } catch (cause) {
    if (!AppError.isInstance(cause)) throw cause;
    error = cause;
  }
  return { text: said['text-delta'], reasoning: said['reasoning-delta'], end, error };
}

/** Starts a server and a provider that may reach it. `limits` replaces some of the usual ones. */
export async function openRemoteBench(
  options: FakeProviderOptions & { readonly limits?: Partial<RemoteLimits> } = {},
): Promise<RemoteBench> {
  const clock = createSystemClock();
  const server = await startFakeProvider(options);
  const entries = new Map<string, LedgerEntry>();
  const ledger: EgressLedger = {
    insert: async (entry) => void entries.set(entry.id, entry),
    update: async (id, change) => {
      const entry = entries.get(id);
      if (entry !== undefined) entries.set(id, { ...entry, ...change });
    },
  };
  const policy = createSettingsEgressPolicy(
    async () => ({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' }),
    async () => [{ baseUrl: server.address, zone: 'cloud' }],
  );
  const egress = createEgress({ policy, ledger, clock });
  const provider = createRemoteProvider({ egress, clock, limits: { ...remoteLimits, ...options.limits } });
  return {
    server,
    provider,
    ledger: () => [...entries.values()],
    remote: (kind, more) => buildRemote(kind, server.baseUrl(kind), more),
    async ask(remote, request, sendOptions = {}, signal = new AbortController().signal) {
      const captured = await provider.capture(remote, request);
      return await readOutcome(provider.send(captured, { ...usualSendOptions, ...sendOptions }, signal));
    },
    close: async () => await server.close(),
  };
}
