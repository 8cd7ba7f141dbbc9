/** The elements of an edit view that are painted or moved without React. */
export type Elements = {
  root: HTMLElement
  ruler: HTMLCanvasElement
  lanes: HTMLElement
  wave: HTMLCanvasElement
  marks: HTMLCanvasElement
  spectrum: HTMLCanvasElement
  spectrumText: HTMLElement
  cursor: HTMLElement
  playhead: HTMLElement
  hover: HTMLElement
  hoverText: HTMLElement
  bar: HTMLElement
  thumb: HTMLElement
}

const find = <E extends HTMLElement>(root: HTMLElement, name: string, type: new () => E): E => {
  const element = root.querySelector(`[data-part="${name}"]`)
  if (!(element instanceof type)) throw new Error(`The edit view has no ${name}`)
  return element
}

/** The parts that edit-view.tsx renders. */
export const elementsOf = (root: HTMLElement): Elements => {
  const canvas = (name: string) => find(root, name, HTMLCanvasElement)
  const part = (name: string) => find(root, name, HTMLElement)
  return {
    root,
    ruler: canvas('ruler'),
    lanes: part('lanes'),
    wave: canvas('wave'),
    marks: canvas('marks'),
    spectrum: canvas('spectrum'),
    spectrumText: part('spectrumText'),
    cursor: part('cursor'),
    playhead: part('playhead'),
    hover: part('hover'),
    hoverText: part('hoverText'),
    bar: part('bar'),
    thumb: part('thumb'),
  }
}
