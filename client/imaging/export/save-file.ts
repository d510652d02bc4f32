/** Hands bytes to the browser's own saving of files. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has its own hold on the bytes once the click has been handled.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 0)
}
