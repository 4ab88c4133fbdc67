import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { WorkerSetup } from '../protocol/engine-command.ts';
import type { EnginePackRecord } from '../protocol/engine-pack.ts';
import { readEnginePack } from '../protocol/read-engine-pack.ts';

const scope = '@node-llama-cpp/';
const scheme = 'sotto-engine:';

/**
 * Lets the inference library find the packages of an engine pack where it looks for those that came with the app. It asks
 * a package one thing, the folder of its libraries, so no code of the pack's packages runs but those libraries. Nothing
 * changes for a backend that comes with the app, nor when the pack is not whole, not as it was checked, or made for another
 * version of the library.
 */
export async function registerEnginePack({
  backend,
  enginePackFolder: folder,
}: Pick<WorkerSetup, 'backend' | 'enginePackFolder'>): Promise<void> {
  const record = backend === 'cuda' && folder !== undefined ? readEnginePack(folder) : null;
  if (folder === undefined || record === null) return;
  const { getModuleVersion } = await import('node-llama-cpp');
  if (record.library === (await getModuleVersion())) addPackages(folder, record);
}

function addPackages(folder: string, record: EnginePackRecord): void {
  const names = new Set(record.packages.map(({ name }) => `${scope}${name}`));
  registerHooks({
    resolve: (specifier, context, next) =>
      names.has(specifier)
        ? { url: `${scheme}${specifier.slice(scope.length)}`, shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url.startsWith(scheme)
        ? {
            format: 'module',
            source: describeFolder(join(folder, url.slice(scheme.length)), record),
            shortCircuit: true,
          }
        : next(url, context),
  });
}

function describeFolder(packageFolder: string, { library }: EnginePackRecord): string {
  const description = JSON.stringify({ binsDir: join(packageFolder, 'bins'), packageVersion: library });
  return `export const getBinsDir = () => (${description});`;
}
