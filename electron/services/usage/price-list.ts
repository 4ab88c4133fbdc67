import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { PriceCalculation } from '@pydantic/genai-prices';
import type { BilledTokens } from './usage-service.ts';

/** Kinds of remotes that are vendors of the package. */
const vendors: ReadonlySet<string> = new Set(['openai', 'anthropic', 'google', 'mistral']);

/** US dollars for a million tokens. */
export type Price = { readonly inputPrice: number; readonly outputPrice: number };

/** Up to this many tokens of a prompt the first of graduated prices holds. */
const probeTokens = { input_tokens: 1, output_tokens: 1 };

/**
 * The package's own id of a vendor; null for one that it does not know. The package guesses when it is asked by a kind: it
 * takes `openai-compatible` for OpenAI, so nothing but vendors and addresses is handed to it.
 */
function vendorOf(provider: string): string | null {
  if (vendors.has(provider)) return provider;
  if (!URL.canParse(provider)) return null;
  const { origin, pathname, protocol } = new URL(provider);
  return protocol === 'https:' ? (findProvider({ providerApiUrl: `${origin}${pathname}` })?.id ?? null) : null;
}

function calculate(
  usage: Readonly<Record<string, number>>,
  provider: string,
  modelName: string,
  at: Date,
): PriceCalculation | null {
  const providerId = vendorOf(provider);
  // Google lists its models as `models/…`, which the prices do not have.
  const name = modelName.replace(/^models\//, '');
  if (providerId === null || name === '') return null;
  try {
    return calcPrice(usage, name, { providerId, timestamp: at });
  } catch {
    // A model whose prices do not cover this usage has none that could be trusted.
    return null;
  }
}

function basePrice(value: PriceCalculation['model_price'][string]): number | null {
  if (value === undefined) return null;
  return typeof value === 'number' ? value : value.base;
}

/** The price at a time, graduated ones as they begin; null for a model that has none for texts in and out. */
export function listPrice(provider: string, modelName: string, at: Date): Price | null {
  const found = calculate(probeTokens, provider, modelName, at);
  const inputPrice = basePrice(found?.model_price['input_mtok']);
  const outputPrice = basePrice(found?.model_price['output_mtok']);
  return inputPrice === null || outputPrice === null ? null : { inputPrice, outputPrice };
}

/** Tokens that a model reads at once; null where the list does not say. */
export function listContextTokens(provider: string, modelName: string, at: Date): number | null {
  const contextTokens = calculate(probeTokens, provider, modelName, at)?.model.context_window;
  return contextTokens !== undefined && contextTokens > 0 ? contextTokens : null;
}

/** Millionths of a dollar, rounded up; what floating point adds to a whole number is not. */
export const toMicroDollars = (dollars: number): number => Math.ceil(Number((dollars * 1e6).toFixed(6)));

/** What tokens cost by the list, graduated prices and those of caches included; null without a price. */
export function listCost(provider: string, modelName: string, tokens: BilledTokens, at: Date): number | null {
  if (listPrice(provider, modelName, at) === null) return null;
  const { inputTokens, outputTokens, reusedTokens = 0 } = tokens;
  const usage = { input_tokens: inputTokens, output_tokens: outputTokens };
  const reused = Math.min(reusedTokens, inputTokens);
  const found =
    (reused > 0 ? calculate({ ...usage, cache_read_tokens: reused }, provider, modelName, at) : null) ??
    calculate(usage, provider, modelName, at);
  return found === null ? null : toMicroDollars(found.total_price);
}

/** What tokens cost by a price of the person's own. */
export const priceCost = ({ inputPrice, outputPrice }: Price, { inputTokens, outputTokens }: BilledTokens): number =>
  toMicroDollars((inputTokens * inputPrice + outputTokens * outputPrice) / 1e6);

/** The most that any known model of a vendor would cost; of all vendors where the provider is none. */
export function dearestCost(provider: string, tokens: BilledTokens, at: Date): number {
  const vendor = vendorOf(provider);
  const asked = vendor === null ? [...vendors] : [vendor];
  const costs = asked.flatMap((one) =>
    (findProvider({ providerId: one })?.models ?? []).map(({ id }) => listCost(one, id, tokens, at) ?? 0),
  );
  return Math.max(0, ...costs);
}
