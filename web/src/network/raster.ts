/** A drawing as a picture of dots; `scale` is how many dots a unit has. */
export async function raster(drawn: string, scale: number): Promise<Blob> {
 const address = URL.createObjectURL(new Blob([drawn], { type: 'image/svg+xml' }))
 try {
  const image = new Image()
  image.src = address
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * scale
  canvas.height = image.height * scale
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('PNG')
  return blob
 } finally {
  URL.revokeObjectURL(address)
 }
}
