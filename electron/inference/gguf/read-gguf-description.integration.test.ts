import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGgufDescription } from './read-gguf-description.ts';

const checkout = join(import.meta.dirname, '..', '..', '..');
const modelFolder = process.env['SOTTO_MODEL_DIR'] ?? join(checkout, '.cache', 'models');

describe('GGUF description of the starter model', () => {
  it('says what the file is', async () => {
    const description = await readGgufDescription(join(modelFolder, 'SmolLM2-135M-Instruct.Q4_1.gguf'));
    expect(description).toMatchObject({
      architecture: 'llama',
      kind: 'chat',
      quantisation: 'Q4_1',
      contextLength: 8_192,
      embeddingLength: 576,
      vocabularySize: 49_152,
      licence: 'apache-2.0',
    });
    expect(description.parameterCount).toBe(134_515_008);
  });
});
