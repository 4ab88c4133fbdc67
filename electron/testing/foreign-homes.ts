import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildModelFile } from './test-models.ts';

/** Writes a file with the folders above it. */
export async function put(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** Ollama's layout below `folder` (its `models`): a manifest by host, namespace, model and tag, and blobs by their digest. */
export async function putOllamaModel(folder: string, name: string, tag: string, bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const layer = (mediaType: string, digest: string, size: number) => ({ mediaType, digest: `sha256:${digest}`, size });
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: layer('application/vnd.docker.container.image.v1+json', '1'.repeat(64), 561),
    layers: [
      layer('application/vnd.ollama.image.model', sha256, bytes.length),
      layer('application/vnd.ollama.image.template', '2'.repeat(64), 1_482),
      layer('application/vnd.ollama.image.license', '3'.repeat(64), 11_343),
    ],
  };
  await put(join(folder, 'manifests/registry.ollama.ai', name, tag), JSON.stringify(manifest));
  return await put(join(folder, 'blobs', `sha256-${sha256}`), bytes);
}

/** A home folder in which each of the four programs has one model, laid out as each of them does on Linux. */
export async function makeForeignHome(home: string): Promise<void> {
  await putOllamaModel(join(home, '.ollama/models'), 'library/qwen3', '1.7b', buildModelFile('From Ollama', 1));
  const studio = join(home, '.lmstudio/models/lmstudio-community/Tiny-GGUF');
  await put(join(studio, 'Tiny-Q4_K_M.gguf'), buildModelFile('From LM Studio', 2));
  await put(join(studio, 'mmproj-Tiny-F16.gguf'), buildModelFile('Projector', 3));
  const jan = join(home, '.local/share/Jan/data');
  await put(join(jan, 'llamacpp/models/janhq/Jan-v1-4B/model.gguf'), buildModelFile('From Jan', 4));
  await put(
    join(jan, 'llamacpp/models/janhq/Jan-v1-4B/model.yml'),
    'model_path: llamacpp/models/janhq/Jan-v1-4B/model.gguf\nname: janhq/Jan-v1-4B\nsize_bytes: 1234\nembedding: false\n',
  );
  const gpt4all = join(home, '.local/share/nomic.ai/GPT4All');
  await put(join(gpt4all, 'Llama-3.2-1B-Instruct-Q4_0.gguf'), buildModelFile('From GPT4All', 5));
  await put(join(gpt4all, 'localdocs_v3.db'), 'no model');
}
