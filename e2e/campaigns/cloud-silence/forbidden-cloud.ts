import type { AppClient } from '../../../electron/app/app-client.ts';
import type { RunId } from '../../../electron/shared/ids.ts';
import type { Route } from '../../../electron/shared/route.ts';
import type { FakeProviderServer } from '../../../electron/testing/fake-provider-server.ts';

/**
 * Sets up everything with which a large model could be asked, and leaves the mode off, which is all that keeps it in: the lock
 * is open, every purpose is allowed, two models are chosen and have their keys, and no price is too high.
 */
export async function forbidCloud(client: AppClient, provider: Pick<FakeProviderServer, 'baseUrl'>): Promise<void> {
  await client.settings.update({
    cloudMode: 'off',
    isOffline: false,
    allowedPurposes: ['provider', 'model-search', 'model-download', 'update-check'],
    qualityPreference: 1,
    monthlyBudgetMicroDollars: 1_000_000_000,
    checksForUpdates: true,
  });
  for (const [kind, zone] of [
    ['openai', 'cloud'],
    ['openai-compatible', 'own-server'],
  ] as const) {
    const text = { kind, zone, name: zone, baseUrl: provider.baseUrl(kind), modelName: 'large', policyUrl: null };
    const { id } = await client.remotes.add(text);
    await client.keys.set({ owner: id, secret: 'test-key' });
  }
}

/** Everything by which a person could make a remote be asked for its models; each has to be refused. Returns the codes. */
export async function tryRemotes(client: AppClient): Promise<readonly string[]> {
  const codes: string[] = [];
  for (const { id } of await client.remotes.list()) {
    codes.push((await client.remotes.test({ id })).status);
    codes.push(
      await client.remotes.models({ id }).then(
        () => 'answered',
        (error: unknown) => codeOf(error),
      ),
    );
  }
  return codes;
}

function codeOf(error: unknown): string {
  const data = error instanceof Error && 'data' in error ? error.data : error;
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : String(error);
}

/** Waits for an answer, and tells where it was made; null where that is not said. Throws when it failed. */
export async function answeredAt(client: AppClient, runId: RunId): Promise<Route | null> {
  let route: Route | null = null;
  for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
    if (part.type === 'run-start') route = part.route ?? route;
    if (part.type === 'run-error') throw new Error(`The answer failed: ${part.error.code}`);
  }
  return route;
}
