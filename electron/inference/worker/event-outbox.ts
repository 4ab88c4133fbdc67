import type { EngineEvent } from '../protocol/engine-event.ts';

type TextDelta = Extract<EngineEvent, { readonly type: 'text-delta' }>;

/**
 * Sends events at once while the line keeps up. When tokens come faster than messages leave, the text of an answer is
 * joined into one message, so that the line never falls behind the model.
 */
export class EventOutbox {
  readonly #send: (event: EngineEvent, onSent: () => void) => void;
  #inFlight = 0;
  #waiting: TextDelta | null = null;

  constructor(send: (event: EngineEvent, onSent: () => void) => void) {
    this.#send = send;
  }

  push(event: EngineEvent): void {
    if (
      event.type === 'text-delta' &&
      this.#inFlight > 0 &&
      (this.#waiting === null || this.#waiting.id === event.id)
    ) {
      this.#waiting =
        this.#waiting === null
          ? event
          : { ...event, text: this.#waiting.text + event.text, tokens: this.#waiting.tokens + event.tokens };
      return;
    }
    this.#flush();
    this.#post(event);
  }

  #flush(): void {
    if (this.#waiting === null) return;
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#post(waiting);
  }

  #post(event: EngineEvent): void {
    this.#inFlight += 1;
    this.#send(event, () => {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#flush();
    });
  }
}
