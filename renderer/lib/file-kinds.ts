/** What the file dialog offers for a document. */
export const documentFileTypes = '.txt,.md,.markdown,.text,.log,.csv,text/plain,text/markdown';
/** What the file dialog offers for a model. */
export const modelFileTypes = '.gguf';

export const isModelFile = (name: string): boolean => name.toLowerCase().endsWith('.gguf');
