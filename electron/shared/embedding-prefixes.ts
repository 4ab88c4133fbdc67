/** What an embedder was trained to see in front of a text; empty for one that was trained on bare texts. */
export type EmbeddingPrefixes = { readonly query: string; readonly passage: string };

const none: EmbeddingPrefixes = { query: '', passage: '' };

/** First match wins; names are compared in lower case. */
const families: readonly { readonly name: RegExp; readonly prefixes: EmbeddingPrefixes }[] = [
  { name: /nomic-embed/, prefixes: { query: 'search_query: ', passage: 'search_document: ' } },
  // Instruction-tuned e5 models ask with an instruction instead.
  {
    name: /e5.*instruct/,
    prefixes: {
      query: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ',
      passage: '',
    },
  },
  { name: /(^|[^a-z0-9])e5([^a-z0-9]|$)/, prefixes: { query: 'query: ', passage: 'passage: ' } },
  // bge-m3 was trained without.
  { name: /bge-m3/, prefixes: none },
  {
    name: /bge-.*-en/,
    prefixes: { query: 'Represent this sentence for searching relevant passages: ', passage: '' },
  },
  {
    name: /mxbai-embed|arctic-embed-(xs|s|m|l)$/,
    prefixes: { query: 'Represent this sentence for searching relevant passages: ', passage: '' },
  },
  { name: /arctic-embed/, prefixes: { query: 'query: ', passage: '' } },
  {
    name: /embedding-?gemma/,
    prefixes: { query: 'task: search result | query: ', passage: 'title: none | text: ' },
  },
  {
    name: /qwen3-embedding/,
    prefixes: {
      query: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:',
      passage: '',
    },
  },
];

/**
 * The prefixes of an embedder, by the name in its header and its architecture, as its model card asks for them (the
 * cards of nomic-ai/nomic-embed-text-v1.5, intfloat/multilingual-e5-small, intfloat/multilingual-e5-large-instruct,
 * BAAI/bge-small-en-v1.5 and bge-m3, mixedbread-ai/mxbai-embed-large-v1, Snowflake/snowflake-arctic-embed-m and -v2.0,
 * google/embeddinggemma-300m, Qwen/Qwen3-Embedding-0.6B). Put them in front of what is embedded; none for others, such as MiniLM.
 */
export function embeddingPrefixesOf(model: {
  readonly name: string;
  readonly architecture: string;
}): EmbeddingPrefixes {
  const name = model.name.toLowerCase().replaceAll(/[\s_]+/g, '-');
  const found = families.find((family) => family.name.test(name));
  if (found !== undefined) return found.prefixes;
  if (model.architecture === 'gemma-embedding') {
    return { query: 'task: search result | query: ', passage: 'title: none | text: ' };
  }
  if (model.architecture.startsWith('nomic-bert')) return { query: 'search_query: ', passage: 'search_document: ' };
  return none;
}
