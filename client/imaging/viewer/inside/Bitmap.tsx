import { useEffect, useRef } from 'react'

interface BitmapProps {
  picture: ImageBitmap
  /** Its name, for screen readers. */
  label: string
  className: string | undefined
}

/** A picture that came from a worker. */
export function Bitmap({ picture, label, className }: BitmapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0)
  }, [picture])
  return (
    <canvas
      ref={canvas}
      width={picture.width}
      height={picture.height}
      className={className}
      role="img"
      aria-label={label}
    />
  )
}
