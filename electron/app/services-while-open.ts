import type { Services } from '../api/context.ts';

/** The services of the moment. `current` throws while there are none, and then so does taking any of them. */
export function servicesWhileOpen(current: () => Services): Services {
  return {
    get answers() {
      return current().answers;
    },
    get chat() {
      return current().chat;
    },
    get conversations() {
      return current().conversations;
    },
    get catalogue() {
      return current().catalogue;
    },
    get downloads() {
      return current().downloads;
    },
    get fit() {
      return current().fit;
    },
    get keys() {
      return current().keys;
    },
    get documents() {
      return current().documents;
    },
    get drafts() {
      return current().drafts;
    },
    get files() {
      return current().files;
    },
    get library() {
      return current().library;
    },
    get models() {
      return current().models;
    },
    get presets() {
      return current().presets;
    },
    get privacy() {
      return current().privacy;
    },
    get runs() {
      return current().runs;
    },
    get search() {
      return current().search;
    },
    get settings() {
      return current().settings;
    },
    get status() {
      return current().status;
    },
    get summaries() {
      return current().summaries;
    },
    get transfer() {
      return current().transfer;
    },
  };
}
