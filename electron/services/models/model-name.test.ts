import { describe, expect, it } from 'vitest';
import { modelName } from './model-name.ts';

describe('name of a model', () => {
  it.each([
    ['SmolLM2-135M-Instruct.Q4_1.gguf', 'Smollm2 135M 8k Lc100K Mix1 Ep2', 'SmolLM2-135M-Instruct'],
    ['qwen2.5-0.5b-instruct-q4_k_m.gguf', null, 'qwen2.5-0.5b-instruct'],
    ['publisher/Llama-3.2-3B-Instruct-IQ3_XXS.GGUF', 'Llama', 'Llama-3.2-3B-Instruct'],
    ['Phi-3-mini-4k-instruct-fp16.gguf', null, 'Phi-3-mini-4k-instruct'],
    ['model.gguf', 'Tiny', 'Tiny'],
    ['model.gguf', null, 'model'],
    ['q4_0.gguf', 'Tiny', 'Tiny'],
    ['granite-4.gguf', null, 'granite-4'],
    ['Qwen3-8B-Q8_0-00001-of-00003.gguf', null, 'Qwen3-8B'],
  ])('of %s with header name %j is %s', (fileName, headerName, name) => {
    expect(modelName(fileName, headerName)).toBe(name);
  });
});
