import type { Locator } from '@playwright/test'

export type DroppedFile = { name: string; type: string; bytes: Buffer }

/** Drags a file from outside over `target` and lets it go there. */
export const dropFile = async (target: Locator, file: DroppedFile): Promise<void> => {
  const dataTransfer = await target.page().evaluateHandle(
    ({ name, type, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], name, { type }))
      return transfer
    },
    { name: file.name, type: file.type, base64: file.bytes.toString('base64') },
  )
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await target.dispatchEvent(event, { dataTransfer })
  }
  await dataTransfer.dispose()
}
