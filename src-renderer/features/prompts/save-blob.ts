/** Hands a file to the person: the browser asks where to, or puts it with the other downloads. */
export const saveBlob = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the data once it started, which is not before the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
