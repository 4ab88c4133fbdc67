import type { Passage } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Span } from '../../shared/sentences.ts';
import type { ScoredPassage, Storage } from '../../storage/storage.ts';
import { touches } from './gold-spans.ts';

/** Hides stretches of documents from everything that reads the database, as if they had never been written. */
export interface HiddenPlaces {
  /** Until `show`. Replaces what was hidden before. */
  hide(id: DocumentId, spans: readonly Span[]): void;
  show(): void;
  /** The database without what is hidden at the moment of each call. */
  view(storage: Storage): Storage;
}

/** As many passages more are asked for as may be hidden: a page or a discussion has about so many. */
const spare = 60;

/** The same object, but for some of its members. */
function withMembers<Target extends object>(target: Target, members: Partial<Target>): Target {
  return new Proxy(target, { get: (base, key): unknown => Reflect.get(key in members ? members : base, key) });
}

/** Blank space instead of what is hidden: every offset keeps its meaning. */
function blanked(text: string, start: number, spans: readonly Span[]): string {
  return spans.reduce((rest, span) => {
    const [from, to] = [Math.max(0, span.start - start), Math.min(rest.length, span.end - start)];
    return to <= from ? rest : rest.slice(0, from) + rest.slice(from, to).replaceAll(/[^\n]/g, ' ') + rest.slice(to);
  }, text);
}

/** Hides nothing until it is told to. */
export function createHiddenPlaces(): HiddenPlaces {
  let hidden: { readonly id: DocumentId; readonly spans: readonly Span[] } | null = null;
  const isShown = ({ documentId, place }: Passage): boolean =>
    hidden === null || hidden.id !== documentId || !touches(place, hidden.spans);
  const found = (passages: readonly ScoredPassage[], limit: number): readonly ScoredPassage[] =>
    passages.filter(({ passage }) => isShown(passage)).slice(0, limit);
  const more = (limit: number): number => (hidden === null ? limit : Math.min(1_000, limit + spare));
  return {
    hide(id, spans) {
      hidden = { id, spans };
    },
    show() {
      hidden = null;
    },
    view(storage) {
      const { passages, documents } = storage;
      return withMembers(storage, {
        passages: withMembers(passages, {
          ofDocument: async (id) => (await passages.ofDocument(id)).filter(isShown),
          get: async (ids) => (await passages.get(ids)).filter(isShown),
          neighbours: async (id, reach) => (await passages.neighbours(id, reach)).filter(isShown),
          searchLexical: async (query, scope, limit) =>
            found(await passages.searchLexical(query, scope, more(limit)), limit),
          searchDense: async (model, vector, scope, limit) =>
            found(await passages.searchDense(model, vector, scope, more(limit)), limit),
        }),
        documents: withMembers(documents, {
          text: async (id, start, end) => {
            const text = await documents.text(id, start, end);
            return hidden?.id === id ? blanked(text, start, hidden.spans) : text;
          },
        }),
      });
    },
  };
}
