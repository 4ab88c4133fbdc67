import type terminal from '../shared/locales/en/terminal.json';

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Paths<Tree[Key]>}`;
}[keyof Tree & string];

/** A key of the terminal's part of the catalogue, such as `command.ask`. */
export type TerminalKey = Paths<typeof terminal>;
