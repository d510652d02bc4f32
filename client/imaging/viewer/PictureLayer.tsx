import { IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useRef, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useLate } from '../../ui/index.ts'
import { pixelatedFrom, toPane, type Camera, type Scene } from './camera.ts'
import classes from './Stage.module.css'

interface PictureLayerProps {
  scene: Scene
  camera: Camera
  /** Address of the picture, or the picture itself. */
  source: string | ImageBitmap
  alt: string
  /** How it lies on the pane where the camera alone does not say it. */
  transform?: string
  /** It can be seen now. */
  onThere?: () => void
}

/** One form of the picture, moved and enlarged by the graphics card. */
export function PictureLayer({ scene, camera, source, alt, transform, onThere }: PictureLayerProps) {
  const { x, y } = toPane(scene, camera, { x: 0, y: 0 })
  const style: CSSProperties = {
    width: scene.picture.width,
    height: scene.picture.height,
    transform: transform ?? `translate(${x}px, ${y}px) scale(${camera.scale})`,
    imageRendering: camera.scale >= pixelatedFrom ? 'pixelated' : 'auto',
  }
  return typeof source === 'string' ? (
    <Loaded key={source} address={source} alt={alt} style={style} onThere={onThere} />
  ) : (
    <Drawn bitmap={source} alt={alt} style={style} />
  )
}

interface FormProps {
  alt: string
  style: CSSProperties
}

function Loaded({
  address,
  alt,
  style,
  onThere,
}: FormProps & { address: string; onThere: (() => void) | undefined }) {
  const { t } = useTranslation('viewer')
  const [state, setState] = useState<'loading' | 'there' | 'failed'>('loading')
  const [attempt, setAttempt] = useState(0)
  const late = useLate()
  return (
    <>
      {state !== 'failed' && (
        <img
          key={attempt}
          src={address}
          alt={alt}
          className={classes.picture}
          style={style}
          draggable={false}
          data-state={state}
          onLoad={() => {
            setState('there')
            onThere?.()
          }}
          onError={() => {
            setState('failed')
          }}
        />
      )}
      {state === 'loading' && late && (
        <p className={classes.message} role="status">
          <span className={classes.spinner} aria-hidden />
          {t('loading')}
        </p>
      )}
      {state === 'failed' && (
        <div className={classes.message} role="alert">
          <IconPhotoOff size={28} stroke={1.5} aria-hidden />
          {t('failed')}
          <button
            type="button"
            className={classes.again}
            onPointerDown={(event) => {
              event.stopPropagation()
            }}
            onClick={() => {
              setAttempt(attempt + 1)
              setState('loading')
            }}
          >
            {t('again')}
          </button>
        </div>
      )}
    </>
  )
}

/** What is being tried, before the server has made it. */
function Drawn({ bitmap, alt, style }: FormProps & { bitmap: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = canvas.current
    if (!target) return
    target.width = bitmap.width
    target.height = bitmap.height
    target.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0)
  }, [bitmap])
  return <canvas ref={canvas} role="img" aria-label={alt} className={classes.picture} style={style} />
}
