import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dearestCost, listCost, listPrice, priceCost, toMicroDollars } from './price-list.ts';

const at = new Date('2026-11-23T12:00:00Z');
const tokens = { inputTokens: 1_000, outputTokens: 100 };

describe('the price list', () => {
  const { fetch } = globalThis;
  beforeEach(() => {
    globalThis.fetch = () => {
      throw new Error('A price was fetched.');
    };
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it('knows models of each vendor, as they and as their listings name them', () => {
    expect(listPrice('openai', 'gpt-5-mini', at)).toEqual({ inputPrice: 0.25, outputPrice: 2 });
    expect(listPrice('anthropic', 'claude-sonnet-4-5', at)).toEqual({ inputPrice: 3, outputPrice: 15 });
    expect(listPrice('google', 'models/gemini-2.5-pro', at)).toEqual({ inputPrice: 1.25, outputPrice: 10 });
    expect(listPrice('mistral', 'mistral-large-latest', at)).toEqual({ inputPrice: 2, outputPrice: 6 });
  });

  // Catches the package's guess: it takes the kind `openai-compatible` for OpenAI and prices a gateway like it.
  it.each([
    ['openai-compatible', 'gpt-5-mini'],
    ['https://gateway.example/v1', 'gpt-5-mini'],
    ['https://gateway.example/api.openai.com/v1', 'gpt-5-mini'],
    ['http://api.openai.com/v1', 'gpt-5-mini'],
    ['mistral', 'gpt-4o'],
    ['openai', 'gpt-99-ultra'],
    ['openai', ''],
    ['openai', '__proto__'],
    ['openai', 'text-embedding-3-small'],
  ])('knows no price of %s for %s', (provider, modelName) => {
    expect(listPrice(provider, modelName, at)).toBeNull();
    expect(listCost(provider, modelName, tokens, at)).toBeNull();
  });

  it('knows the prices of an address that belongs to a vendor', () => {
    expect(listPrice('https://api.openai.com/v1', 'gpt-5-mini', at)).toEqual({ inputPrice: 0.25, outputPrice: 2 });
  });

  it('counts what was in a cache for less, and graduated prices where they begin', () => {
    expect(listCost('openai', 'gpt-5-mini', tokens, at)).toBe(450);
    expect(listCost('openai', 'gpt-5-mini', { ...tokens, reusedTokens: 500 }, at)).toBe(338);
    expect(listCost('openai', 'gpt-5-mini', { ...tokens, reusedTokens: 9_999 }, at)).toBe(225);
    const long = { inputTokens: 300_000, outputTokens: 0 };
    expect(listCost('google', 'gemini-2.5-pro', long, at)).toBeGreaterThan(300_000 * 1.25);
  });

  // Catches money that is lost by rounding down, and a millionth that floating point adds: 0.1 + 0.2 dollars.
  it('rounds up to whole millionths, and only what is more than one', () => {
    expect(toMicroDollars(0.000_000_1)).toBe(1);
    expect(toMicroDollars(0.1 + 0.2)).toBe(300_000);
    expect(toMicroDollars(0)).toBe(0);
    expect(priceCost({ inputPrice: 0.15, outputPrice: 0.6 }, { inputTokens: 1, outputTokens: 0 })).toBe(1);
  });

  it('lets the dearest known model stand in for one that is not known', () => {
    const ofOpenAi = dearestCost('openai', tokens, at);
    expect(ofOpenAi).toBeGreaterThanOrEqual(listCost('openai', 'o1-pro', tokens, at) ?? Infinity);
    expect(dearestCost('https://gateway.example/v1', tokens, at)).toBeGreaterThanOrEqual(ofOpenAi);
  });

  // The month that is shown to people belongs to this version of the package.
  it('is dated for the version that is installed', async () => {
    const path = createRequire(import.meta.url)
      .resolve('@pydantic/genai-prices')
      .replace(/dist.*/, 'package.json');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: '0.1.8' });
  });
});
