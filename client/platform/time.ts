import i18next from 'i18next'
import { useEffect, useState } from 'react'
import { dateFormatter, numberFormatter } from './formatters.ts'

/** Epoch milliseconds by this device's clock. The only reader of it in the client. */
export function now(): number {
  return Date.now()
}

/** The zone this device is set to, such as Asia/Shanghai. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

interface TimeOptions {
  /** IANA zone; this device's when left out. */
  zone?: string | undefined
}

/** 14:30 */
export function formatTime(at: number, { zone }: TimeOptions = {}): string {
  return format(at, { hour: '2-digit', minute: '2-digit' }, zone)
}

/** Tue 24 Nov */
export function formatDay(at: number, { zone }: TimeOptions = {}): string {
  return format(at, { weekday: 'short', day: 'numeric', month: 'short' }, zone)
}

/** Tue 24 Nov, 14:30 */
export function formatDayTime(at: number, options: TimeOptions = {}): string {
  return `${formatDay(at, options)}${locale().startsWith('zh') ? ' ' : ', '}${formatTime(at, options)}`
}

/** 24 Nov 2026 */
export function formatDate(at: number, { zone }: TimeOptions = {}): string {
  return format(at, { day: 'numeric', month: 'short', year: 'numeric' }, zone)
}

/** 24 Nov 2026, 14:30 */
export function formatDateTime(at: number, options: TimeOptions = {}): string {
  return `${formatDate(at, options)}${locale().startsWith('zh') ? ' ' : ', '}${formatTime(at, options)}`
}

/** 24 Nov 2026, of a calendar day `YYYY-MM-DD`, which has no zone. */
export function formatCalendarDate(day: string): string {
  return formatDate(Date.parse(`${day}T00:00:00Z`), { zone: 'UTC' })
}

/** Tuesday 24 November 2026, 14:30:05 CST: the exact value, for hover and for records. */
export function formatExact(at: number, { zone }: TimeOptions = {}): string {
  return format(at, { dateStyle: 'full', timeStyle: 'long' }, zone)
}

/** In 5 minutes, 3 hours ago, yesterday. */
export function formatRelative(at: number, from: number): string {
  const seconds = Math.round((at - from) / 1000)
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  const said = (value: number, unit: Intl.RelativeTimeFormatUnit) => spaced(relative.format(value, unit))
  const size = Math.abs(seconds)
  if (size < 45) return said(0, 'second')
  if (size < 90 * 60) return said(Math.round(seconds / 60), 'minute')
  if (size < 36 * 3600) return said(Math.round(seconds / 3600), 'hour')
  if (size < 45 * 86_400) return said(Math.round(seconds / 86_400), 'day')
  if (size < 545 * 86_400) return said(Math.round(seconds / 2_629_800), 'month')
  return said(Math.round(seconds / 31_557_600), 'year')
}

/** 12 min, 1 h 5 min: how long something lasted or has waited. */
export function formatLength(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const unit = (value: number, name: 'minute' | 'hour') =>
    spaced(numberFormatter(locale(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value))
  if (minutes < 60) return unit(minutes, 'minute')
  const rest = minutes % 60
  const hours = unit(Math.floor(minutes / 60), 'hour')
  return rest === 0 ? hours : `${hours} ${unit(rest, 'minute')}`
}

/** 1,204 */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numberFormatter(locale(), options).format(value)
}

/** True when both instants fall on one day in the zone. */
export function isSameDay(a: number, b: number, options: TimeOptions = {}): boolean {
  return formatDate(a, options) === formatDate(b, options)
}

/** The present instant, renewed each `everyMs`, for words like "in 5 minutes". */
export function useNow(everyMs = 15_000): number {
  const [at, setAt] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => {
      setAt(now())
    }, everyMs)
    return () => {
      clearInterval(timer)
    }
  }, [everyMs])
  return at
}

function format(at: number, options: Intl.DateTimeFormatOptions, zone: string | undefined): string {
  const inZone = zone === undefined ? {} : { timeZone: zone }
  return dateFormatter(locale(), { ...options, hourCycle: 'h23', ...inZone }).format(at)
}

/** 5 分钟: a figure and the Chinese word after it stand apart, as in all our texts. */
function spaced(text: string): string {
  return text.replace(/(\d)(?=\p{Script=Han})/gu, '$1 ')
}

/** British order and 24 hours for English: "Tue 24 Nov, 14:30". */
function locale(): string {
  return i18next.resolvedLanguage === 'zh-CN' ? 'zh-CN' : 'en-GB'
}
