import i18next, { type BackendModule, type ResourceKey } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type capture from '../i18n/en/capture.json'
import type clinic from '../i18n/en/clinic.json'
import { journal } from './journal.ts'
import type common from '../i18n/en/common.json'
import type consult from '../i18n/en/consult.json'
import type enhance from '../i18n/en/enhance.json'
import type guard from '../i18n/en/guard.json'
import type identity from '../i18n/en/identity.json'
import type exportTexts from '../i18n/en/export.json'
import type history from '../i18n/en/history.json'
import type imaging from '../i18n/en/imaging.json'
import type inside from '../i18n/en/inside.json'
import type models from '../i18n/en/models.json'
import type marker from '../i18n/en/marker.json'
import type outline from '../i18n/en/outline.json'
import type proposals from '../i18n/en/proposals.json'
import type records from '../i18n/en/records.json'
import type scheduling from '../i18n/en/scheduling.json'
import type viewer from '../i18n/en/viewer.json'

/** English is the reference: a key that is not in it does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      identity: typeof identity
      clinic: typeof clinic
      scheduling: typeof scheduling
      consult: typeof consult
      enhance: typeof enhance
      guard: typeof guard
      outline: typeof outline
      proposals: typeof proposals
      records: typeof records
      marker: typeof marker
      models: typeof models
      history: typeof history
      imaging: typeof imaging
      inside: typeof inside
      export: typeof exportTexts
      capture: typeof capture
      viewer: typeof viewer
    }
  }
}

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

const storageKey = 'bedside.language'
const files = import.meta.glob<ResourceKey>('../i18n/*/*.json', { import: 'default' })

/** Each language and domain is a file of its own, loaded when a screen first needs it. */
const domainFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, domain, done) => {
    const load = files[`../i18n/${language}/${domain}.json`]
    if (!load) {
      done(new Error(`There are no ${language} texts for ${domain}`), null)
      return
    }
    load().then(
      (texts) => {
        done(null, texts)
      },
      (cause: unknown) => {
        done(cause instanceof Error ? cause : new Error(String(cause)), null)
      },
    )
  },
}

/** Resolves when the common texts of the first language are there. */
export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18next
    .use(domainFiles)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: languages,
      fallbackLng: 'en',
      load: 'currentOnly',
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    })
}

/** Switches at once, and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  remember(language)
  await i18next.changeLanguage(language)
}

/** Takes a person's or a link's language, unless this device has already chosen one. */
export async function suggestLanguage(language: Language): Promise<void> {
  if (remembered() === null && i18next.resolvedLanguage !== language) await i18next.changeLanguage(language)
}

function firstLanguage(): Language {
  const chosen = remembered()
  if (chosen) return chosen
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) &&
    !navigator.languages[0]?.toLowerCase().startsWith('en')
    ? 'zh-CN'
    : 'en'
}

// Storage can be refused (private windows, strict settings); the language then lasts for the page.
let inMemory: Language | null = null

function remembered(): Language | null {
  try {
    return languages.find((language) => language === localStorage.getItem(storageKey)) ?? inMemory
  } catch (error) {
    journal('This browser keeps no settings', error)
    return inMemory
  }
}

function remember(language: Language): void {
  inMemory = language
  try {
    localStorage.setItem(storageKey, language)
  } catch (error) {
    journal('This browser keeps no settings', error)
  }
}
