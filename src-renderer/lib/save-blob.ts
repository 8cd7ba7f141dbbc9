/** Hands bytes to the browser's download, under a name. */
export const saveBlob = (blob: Blob, fileName: string): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has taken its own reference once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
