/** Hands bytes to the browser's download, under a name. */
export const saveBlob = (blob: Blob, fileName: string): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has its own hold on the bytes once it started, which is not before the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
