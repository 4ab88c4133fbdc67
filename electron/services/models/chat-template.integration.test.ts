import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';
import { starterModelPath } from '../../testing/real-engine.ts';

let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(async () => await test.close());

describe('the chat template of the starter model', () => {
  // A digest that no real file has would call every template changed.
  it('is known, as its publisher ships it', async () => {
    await copyFile(starterModelPath, join(test.models, 'starter.gguf'));
    const current = await test.service.current();
    if (current === null) throw new Error('The starter model is not listed.');
    const { template } = await test.service.detail(current.description.id);
    expect(template).toMatchObject({ state: 'known', family: 'smollm2' });
  });
});
