/**
 * Whether anything that a conversation was made from may not leave for the cloud, and through what: its own label, that of
 * its folder, of a collection or a source of its documents (`name` says which), or of something that an answer in it was
 * made from before (`earlier`). An own server is not the cloud.
 */
export type LocalOnly =
  | { readonly isLocalOnly: false }
  | {
      readonly isLocalOnly: true;
      readonly because: 'conversation' | 'folder' | 'collection' | 'source' | 'earlier';
      readonly name: string;
    };
