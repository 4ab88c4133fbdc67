/** What the file dialog offers for a document. */
export const documentFileTypes = [
  '.pdf,.docx,.pptx,.xlsx,.xlsm,.odt,.ods,.odp,.epub,.html,.htm,.eml,.csv,.tsv',
  '.txt,.md,.markdown,.text,.log,.json,.xml,.yaml,.yml,.toml,.ini,.sql,.tex,.rst',
  '.png,.jpg,.jpeg,.tif,.tiff,.bmp,.webp,.gif,text/*',
].join(',');
/** What the file dialog offers for a model. */
export const modelFileTypes = '.gguf';

export const isModelFile = (name: string): boolean => name.toLowerCase().endsWith('.gguf');
/** What the file dialog offers for chats that another program, or Sotto, wrote down. */
export const chatsFileTypes = '.json,.zip,application/json,application/zip';

export const isChatsFile = (name: string): boolean => /\.(json|zip)$/i.test(name);

export const isArchive = (name: string): boolean => name.toLowerCase().endsWith('.zip');
