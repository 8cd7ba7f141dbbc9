/** Whether the text is on the clipboard now. Pages served over plain HTTP from another machine have none. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
