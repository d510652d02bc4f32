import enhance from '../../enhance/enhance.module.css'

interface SegmentsProps<T extends string> {
  label: string
  options: readonly { readonly value: T; readonly word: string }[]
  chosen: T
  onChoose: (value: T) => void
}

/** One of a few, side by side. */
export function Segments<T extends string>({ label, options, chosen, onChoose }: SegmentsProps<T>) {
  return (
    <div className={enhance.segments} role="group" aria-label={label}>
      {options.map(({ value, word }) => (
        <button
          key={value}
          type="button"
          className={enhance.segment}
          aria-pressed={value === chosen}
          onClick={() => {
            onChoose(value)
          }}
        >
          {word}
        </button>
      ))}
    </div>
  )
}
