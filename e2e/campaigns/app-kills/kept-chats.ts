import type { AppClient } from '../../../electron/app/app-client.ts';
import { messageText, type Message } from '../../../electron/shared/message.ts';
import { Expectations } from './expectations.ts';
import { readEverything, type Reading } from './read-everything.ts';

/** What the client of a kill campaign knows of the chats: what was acknowledged, and what it asked for in vain. */
export class KeptChats {
  readonly expectations = new Expectations();
  readonly #conversationOf = new Map<string, string>();
  readonly #dirty = new Set<string>();
  /** Texts, names and templates of what gets its id from the app: asked for, not acknowledged. */
  readonly #unanswered = new Set<string>();
  /** Texts of conversations that come into the app together: all of each, or none. */
  readonly #together = new Set<readonly string[]>();
  /** Those of them whose import was acknowledged. */
  readonly #whole = new Set<readonly string[]>();
  acknowledged = 0;

  /** A change of the value behind `name`; resolves with what the app answered. */
  async change<Answer>(name: string, value: string | null, work: () => Promise<Answer>): Promise<Answer> {
    this.#touch(name);
    const acknowledge = this.expectations.ask(name, value);
    const answer = await work();
    acknowledge();
    this.acknowledged += 1;
    return answer;
  }

  /** Something new with `text` in it, whose name the app says; a message in `place` where it is a known conversation. */
  async add<Answer>(
    { text, place }: { readonly text: string; readonly place?: string | null },
    work: () => Promise<Answer>,
    nameOf: (answer: Answer) => string,
  ): Promise<Answer> {
    this.#unanswered.add(text);
    if (place) this.#dirty.add(place);
    const answer = await work();
    this.#unanswered.delete(text);
    this.expectations.ask(nameOf(answer), text)();
    this.acknowledged += 1;
    return answer;
  }

  /** Says where a message is, so that it is looked for there. */
  place(messageId: string, conversationId: string): void {
    this.#conversationOf.set(messageId, conversationId);
    this.#dirty.add(conversationId);
  }

  /** Conversations that come in together with `work`. */
  async addTogether(conversations: readonly (readonly string[])[], work: () => Promise<unknown>): Promise<void> {
    for (const texts of conversations) {
      this.#together.add(texts);
      for (const text of texts) this.#unanswered.add(text);
    }
    await work();
    for (const texts of conversations) this.#whole.add(texts);
    this.acknowledged += 1;
  }

  /** Messages of the user's in a conversation that were acknowledged. */
  questionsOf(conversationId: string): readonly string[] {
    return [...this.#conversationOf].flatMap(([id, of]) => (of === conversationId ? [id] : []));
  }

  /** Reads what changed since the last time (`isWhole`: everything) and says what is wrong with it. */
  async examine(client: AppClient, isWhole: boolean): Promise<readonly string[]> {
    const isWanted = (id: string): boolean => isWhole || this.#dirty.has(id) || !this.expectations.has(`there:${id}`);
    const reading = await readEverything(client, isWanted);
    const problems = [...this.#strangers(reading), ...this.#tornImports(reading)];
    const isRead = (name: string): boolean => {
      const [kind = '', id = ''] = name.split(/:(.*)/s);
      if (!['message', 'title', 'place', 'draft'].includes(kind) || id === 'new-chat') return true;
      const conversationId = kind === 'message' ? this.#conversationOf.get(id) : id;
      return conversationId !== undefined && reading.values.has(`there:${conversationId}`) && isWanted(conversationId);
    };
    problems.push(...this.expectations.settle(reading.values, isRead));
    for (const { id, conversationId, role } of reading.messages) {
      if (role === 'user') this.#conversationOf.set(id, conversationId);
    }
    this.#dirty.clear();
    this.#unanswered.clear();
    return problems;
  }

  #touch(name: string): void {
    const [kind = '', id = ''] = name.split(/:(.*)/s);
    if (['there', 'title', 'place', 'draft'].includes(kind)) this.#dirty.add(id);
  }

  /** What is there and nobody asked for, such as half of a text. */
  #strangers({ values, messages }: Reading): readonly string[] {
    const questions = new Set<string>(messages.flatMap(({ id, role }) => (role === 'user' ? [`message:${id}`] : [])));
    return [...values].flatMap(([name, value]) => {
      const isNew = !this.expectations.has(name);
      const isOurs = questions.has(name) || name.startsWith('folder:');
      return isNew && isOurs && !this.#unanswered.has(value) ? [`${name}: nobody wrote "${value.slice(0, 60)}"`] : [];
    });
  }

  #tornImports({ messages }: Reading): readonly string[] {
    const texts = new Set<string>(messages.map((message: Message) => messageText(message)));
    return [...this.#together].flatMap((wanted) => {
      const there = wanted.filter((text) => texts.has(text)).length;
      const isRight = there === wanted.length || (there === 0 && !this.#whole.has(wanted));
      this.#together.delete(wanted);
      return isRight ? [] : [`An import has ${there} of ${wanted.length} messages: ${wanted[0] ?? ''}`];
    });
  }
}
