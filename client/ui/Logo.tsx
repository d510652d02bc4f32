import classes from './Logo.module.css'

interface LogoProps {
  /** Height in pixels of the mark. */
  size?: number
  /** Show the name beside the mark. */
  withName?: boolean
  name?: string
}

/** The mark: a lower-case b whose bowl is a doorway. Takes the colour of the text around it. */
export function Logo({ size = 24, withName = false, name = 'Bedside' }: LogoProps) {
  const mark = (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={withName}
      {...(withName ? {} : { role: 'img', 'aria-label': name })}
    >
      <path d="M5 2.5v19h14V15a7 7 0 0 0-14 0" />
    </svg>
  )
  if (!withName) return mark
  return (
    <span className={classes.lockup}>
      {mark}
      <span className={classes.name}>{name}</span>
    </span>
  )
}
