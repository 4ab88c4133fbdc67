import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FolderSurroundings } from '../../../platform/default-folders.ts';
import { statModelFile } from '../model-file.ts';
import { readBoundedText } from '../read-bounded-text.ts';
import { foundLimit, localPath, shownName } from './found-model.ts';
import type { FoundModel } from './found-model.ts';

/** Manifests that were looked at had some 500 bytes. */
const manifestLimitBytes = 1024 * 1024;
const modelMediaType = 'application/vnd.ollama.image.model';
const manifestSchema = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })).max(1_000),
});

/** Where Ollama keeps models: the variable that it reads, the home folder, and the places of its Linux services. */
function ollamaFolders({ operatingSystem, homeFolder, environment }: FolderSurroundings): readonly string[] {
  const chosen = localPath(environment['OLLAMA_MODELS'] ?? '');
  const services = ['/usr/share/ollama/.ollama/models', '/var/lib/ollama/models'];
  return [
    ...(chosen === null ? [] : [chosen]),
    join(homeFolder, '.ollama', 'models'),
    ...(operatingSystem === 'linux' ? services : []),
  ];
}

type Manifest = { readonly path: string; readonly words: readonly string[] };

/** Files at `manifests/HOST/NAMESPACE/MODEL/TAG`; links to folders are not followed. */
async function listManifests(folder: string, depth = 4, words: readonly string[] = []): Promise<readonly Manifest[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: Manifest[] = [];
  for (const entry of entries.slice(0, foundLimit)) {
    const path = join(folder, entry.name);
    if (depth === 1 && entry.isFile()) found.push({ path, words: [...words, entry.name] });
    if (depth > 1 && entry.isDirectory()) found.push(...(await listManifests(path, depth - 1, [...words, entry.name])));
  }
  return found.slice(0, foundLimit);
}

/** The digest of the weights, when there is one file of them. */
async function readManifest(path: string): Promise<string | null> {
  try {
    const { layers } = manifestSchema.parse(JSON.parse(await readBoundedText(path, manifestLimitBytes)));
    const models = layers.filter(({ mediaType }) => mediaType === modelMediaType);
    const [only] = models;
    // The digest becomes a file name, so it is taken apart and not taken over.
    const digest = /^sha256[:-]([0-9a-f]{64})$/.exec(only?.digest ?? '')?.[1];
    return models.length === 1 && digest !== undefined ? digest : null;
  } catch {
    return null;
  }
}

/** `qwen3:1.7b` of Ollama's own library, with publisher and host where they are others. */
function nameOf([host = '', namespace = '', model = '', tag = '']: readonly string[]): string {
  const short = `${model}:${tag}`;
  if (host !== 'registry.ollama.ai') return `${host}/${namespace}/${short}`;
  return namespace === 'library' ? short : `${namespace}/${short}`;
}

/** What Ollama has: one model for each file of weights, named by the first of its manifests. */
export async function findOllamaModels(surroundings: FolderSurroundings): Promise<readonly FoundModel[]> {
  const found = new Map<string, FoundModel>();
  for (const folder of ollamaFolders(surroundings)) {
    for (const { path, words } of await listManifests(join(folder, 'manifests'))) {
      const sha256 = await readManifest(path);
      if (sha256 === null) continue;
      const blob = join(folder, 'blobs', `sha256-${sha256}`);
      const file = await statModelFile(blob, blob);
      if (file === null || found.has(blob)) continue;
      found.set(blob, { program: 'ollama', name: shownName(nameOf(words), sha256.slice(0, 12)), file, sha256 });
    }
  }
  return [...found.values()];
}
