import { isWhite, mergeLooks, plainLook } from '../archive/text-look.ts';
import type { TextLook } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';

/** Word counts sizes in half points. */
const halved = (halfPoints: number | null): number | null => (halfPoints === null ? null : halfPoints / 2);

const isOn = (element: XmlElement): boolean => !['0', 'false', 'off'].includes(element.get('w:val') ?? 'true');

/** Whether a `w:shd` fills with a colour that white letters can be read on. */
export function isShading(element: XmlElement): boolean {
  const fill = element.get('w:fill') ?? 'auto';
  const pattern = element.get('w:val') ?? 'clear';
  return (fill !== 'auto' && !isWhite(fill)) || (pattern !== 'clear' && pattern !== 'nil');
}

/** Reads the `w:rPr` that was opened last. @param lookOfStyle - what the style looks like that it may name. */
export function readLook(reader: XmlReader, lookOfStyle: (styleId: string) => TextLook = () => plainLook): TextLook {
  let look = plainLook;
  let inherited = plainLook;
  for (const element of reader.children()) {
    if (element.name === 'w:rStyle') inherited = lookOfStyle(element.get('w:val') ?? '');
    else if (element.name === 'w:vanish') look = { ...look, isVanished: isOn(element) };
    else if (element.name === 'w:color') look = { ...look, color: element.get('w:val') };
    else if (element.name === 'w:sz') look = { ...look, sizePoints: halved(element.integer('w:val')) };
    else if (element.name === 'w:shd') look = { ...look, isShaded: isShading(element) };
    else if (element.name === 'w:highlight') {
      look = { ...look, isShaded: !['none', 'white'].includes(element.get('w:val') ?? 'none') };
    }
  }
  return mergeLooks(look, inherited);
}
