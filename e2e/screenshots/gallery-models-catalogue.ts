import type { CataloguedModel, CatalogueEntry, Licence } from '../../electron/shared/catalogue.ts';
import type { FitStatus } from '../../electron/shared/fit.ts';
import { buildCatalogued, buildEntry, buildFit, buildOffer, qwen } from '../../renderer/testing/build-model.ts';

const gemma: Licence = {
  id: 'gemma',
  name: 'Gemma Terms of Use',
  url: 'https://ai.google.dev/gemma/terms',
  terms: 'conditions',
};

/** An entry in one precision that runs as fast as is said. */
function entry(
  about: Partial<CatalogueEntry>,
  sizeBytes: number,
  status: FitStatus,
  tokensPerSecond: number | null,
): CataloguedModel {
  const isRunning = status === 'fits' || status === 'tight';
  const fit = buildFit({
    status,
    tokensPerSecond,
    weightsBytes: sizeBytes,
    memoryBytes: Math.round(sizeBytes * 1.25),
    contextTokens: status === 'tight' ? 4_096 : 8_192,
  });
  return buildCatalogued({
    entry: buildEntry(about),
    offers: [buildOffer('Q4_K_M', sizeBytes, { fit, isSizeKnown: sizeBytes % 2 === 0 })],
    bestQuantisation: isRunning ? 'Q4_K_M' : null,
    recommended: null,
  });
}

const chat: readonly CataloguedModel[] = [
  buildCatalogued({
    offers: [
      buildOffer('Q4_K_M', 2_497_000_000, { installedId: qwen.id }),
      buildOffer('Q6_K', 3_310_000_000, { fit: buildFit({ status: 'tight', tokensPerSecond: 6.8 }) }),
      buildOffer('Q8_0', 4_280_000_000, {
        fit: buildFit({ status: 'too-large', memoryBytes: 9_900_000_000, tokensPerSecond: 4.1 }),
      }),
      buildOffer('F16', 8_050_000_001, {
        isSizeKnown: false,
        fit: buildFit({ status: 'too-large', memoryBytes: 12_000_000_000, tokensPerSecond: null }),
      }),
    ],
  }),
  {
    ...entry(
      {
        id: 'granite-3.3-2b',
        name: 'Granite 3.3 2B Instruct',
        summary: {
          en: 'Small and careful, good with long documents.',
          de: 'Klein und sorgfältig, gut mit langen Dokumenten.',
        },
        repository: 'ibm-granite/granite-3.3-2b-instruct-GGUF',
        strengths: ['summaries', 'long-texts'],
        contextLength: 131_072,
        parameterCount: 2_530_000_000,
      },
      1_550_000_000,
      'fits',
      15.2,
    ),
    recommended: null,
  },
  entry(
    {
      id: 'gemma-3-1b',
      name: 'Gemma 3 1B',
      summary: {
        en: 'Very quick, for short questions in many languages.',
        de: 'Sehr schnell, für kurze Fragen in vielen Sprachen.',
      },
      licence: gemma,
      repository: 'ggml-org/gemma-3-1b-it-GGUF',
      parameterCount: 1_000_000_000,
      isChecked: false,
    },
    806_000_001,
    'fits',
    31,
  ),
  entry(
    {
      id: 'qwen2.5-coder-3b',
      name: 'Qwen2.5 Coder 3B',
      summary: { en: 'Writes and explains program code.', de: 'Schreibt und erklärt Programmcode.' },
      repository: 'Qwen/Qwen2.5-Coder-3B-Instruct-GGUF',
      strengths: ['code'],
      licence: {
        id: 'qwen-research',
        name: 'Qwen Research',
        url: 'https://huggingface.co/Qwen',
        terms: 'not-commercial',
      },
    },
    2_100_000_000,
    'fits',
    11,
  ),
  entry(
    {
      id: 'llama-3.1-8b',
      name: 'Llama 3.1 8B Instruct',
      summary: {
        en: 'Thorough, with a large vocabulary. Slow without a graphics processor.',
        de: 'Gründlich und wortreich. Ohne Grafikprozessor langsam.',
      },
      repository: 'bartowski/Meta-Llama-3.1-8B-Instruct-GGUF',
      contextLength: 131_072,
      parameterCount: 8_030_000_000,
    },
    4_920_000_000,
    'tight',
    3.4,
  ),
  entry({ id: 'smollm3-3b', name: 'SmolLM3 3B', repository: 'ggml-org/SmolLM3-3B-GGUF' }, 1_920_000_000, 'fits', 12),
  entry(
    { id: 'phi-4-mini', name: 'Phi-4 mini', repository: 'unsloth/Phi-4-mini-instruct-GGUF' },
    2_490_000_000,
    'fits',
    9,
  ),
  entry({ id: 'gemma-3-12b', name: 'Gemma 3 12B', licence: gemma }, 7_300_000_000, 'too-large', null),
  entry({ id: 'granite-4-7b', name: 'Granite 4.0 7B' }, 4_230_000_000, 'no-room-on-disk', null),
  entry({ id: 'new-9b', name: 'Ministral 9B' }, 5_510_000_000, 'unsupported', null),
];

const others: readonly CataloguedModel[] = [
  {
    ...entry(
      {
        id: 'bge-m3',
        name: 'BGE-M3',
        kind: 'embedding',
        summary: {
          en: 'Finds by meaning in more than a hundred languages.',
          de: 'Findet nach Bedeutung in mehr als hundert Sprachen.',
        },
        repository: 'gpustack/bge-m3-GGUF',
        strengths: ['search', 'languages'],
        chatTemplate: null,
      },
      438_000_000,
      'fits',
      null,
    ),
    recommended: 'best-that-fits',
  },
  entry(
    {
      id: 'bge-reranker-v2-m3',
      name: 'BGE reranker v2 m3',
      kind: 'reranking',
      summary: { en: 'Sorts what was found, in many languages.', de: 'Sortiert Gefundenes, in vielen Sprachen.' },
      repository: 'gpustack/bge-reranker-v2-m3-GGUF',
      strengths: ['search'],
      chatTemplate: null,
    },
    438_000_000,
    'fits',
    null,
  ),
];

export const galleryCatalogue: readonly CataloguedModel[] = [...chat, ...others];

/** As before the hub and this computer were asked: sizes are estimates, and nobody knows how fast. */
export const freshCatalogue: readonly CataloguedModel[] = galleryCatalogue.map((model) => ({
  ...model,
  offers: model.offers.map((offer) => ({
    ...offer,
    installedId: null,
    isSizeKnown: false,
    fit: { ...offer.fit, tokensPerSecond: null, timeToFirstTokenMs: null },
  })),
}));
