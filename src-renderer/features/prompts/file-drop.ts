/** What is dragged over the window, as far as the browser tells before the drop. */
export type Dragged = 'pack' | 'sound' | 'unknown' | 'nothing'

const packTypes = ['application/zip', 'application/x-zip-compressed']

type DraggedItems = Pick<DataTransfer, 'types'> & { items: ArrayLike<{ type: string }> }

export const draggedOf = ({ types, items }: DraggedItems): Dragged => {
  if (!types.includes('Files')) return 'nothing'
  const type = items[0]?.type ?? ''
  if (packTypes.includes(type)) return 'pack'
  return /^(audio|video)\//.test(type) ? 'sound' : 'unknown'
}

export const isPackFile = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  packTypes.includes(type) || name.toLowerCase().endsWith('.zip')

export const soundTypes = '.wav,.mp3,.ogg,.oga,.opus,.flac,.mp4,.m4a,.webm,audio/*'
