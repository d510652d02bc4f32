import { useEffect, useRef } from 'react'
import classes from './enhance.module.css'

interface ChoiceProps {
  name: string
  why: string
  pressed: boolean
  onPick: () => void
  /** What it makes of this picture; left out where there is none to show. */
  picture?: ImageBitmap | undefined
  /** Such as "being made". */
  status?: string | undefined
}

/** One way to see the picture, with a sentence for whom it is. */
export function Choice({ name, why, pressed, onPick, picture, status }: ChoiceProps) {
  return (
    <button type="button" className={classes.choice} aria-pressed={pressed} onClick={onPick}>
      {picture && <Thumbnail picture={picture} />}
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span className={classes.why}>{why}</span>
        {status && (
          <span className={classes.status} role="status">
            {status}
          </span>
        )}
      </span>
    </button>
  )
}

function Thumbnail({ picture }: { picture: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(picture, 0, 0)
  }, [picture])
  return (
    <canvas
      ref={canvas}
      width={picture.width}
      height={picture.height}
      className={classes.thumbnail}
      aria-hidden
    />
  )
}
