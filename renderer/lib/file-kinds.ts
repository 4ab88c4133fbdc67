/** What the file dialog offers for a document. */
export const documentFileTypes = '.txt,.md,.markdown,.text,.log,.csv,text/plain,text/markdown';
/** What the file dialog offers for a model. */
export const modelFileTypes = '.gguf';

export const isModelFile = (name: string): boolean => name.toLowerCase().endsWith('.gguf');
/** What the file dialog offers for chats that another program, or Sotto, wrote down. */
export const chatsFileTypes = '.json,.zip,application/json,application/zip';

export const isChatsFile = (name: string): boolean => /\.(json|zip)$/i.test(name);

export const isArchive = (name: string): boolean => name.toLowerCase().endsWith('.zip');
