import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh-CN' | 'en'
export type Words = Record<Language, () => Promise<{ default: object }>>

const REMEMBERED = 'language'
let often: Words
let rare: Words | undefined
let rareWanted = false
const complete = new Set<Language>()

export const language = (): Language => (i18n.language === 'en' ? 'en' : 'zh-CN')
export const wireLanguage = () => (language() === 'en' ? 'en' : 'zh-hans')
export const fromWire = (code: string): Language => (code.startsWith('en') ? 'en' : 'zh-CN')

function preferred(): Language {
  const kept = localStorage.getItem(REMEMBERED)
  if (kept === 'en' || kept === 'zh-CN') return kept
  return navigator.language.startsWith('zh') || !navigator.language.startsWith('en') ? 'zh-CN' : 'en'
}

async function addRare(to: Language) {
  if (!rare || complete.has(to)) return
  const { default: words } = await rare[to]()
  complete.add(to)
  i18n.addResourceBundle(to, 'translation', words, true)
}

/** The words of rarer screens, fetched once before the first of them is shown. */
export async function rareWords() {
  rareWanted = true
  await addRare(language())
}

export async function setLanguage(next: Language) {
  if (!i18n.hasResourceBundle(next, 'translation')) i18n.addResourceBundle(next, 'translation', (await often[next]()).default)
  if (rareWanted) await addRare(next)
  await i18n.changeLanguage(next)
  document.documentElement.lang = next
  localStorage.setItem(REMEMBERED, next)
}

/** A document type is named with a capital by itself, and without one within an English sentence. */
const within = (name: unknown) => String(name).replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())

/** Each entry brings only its own words, and may leave the rare ones for later. */
export async function startLanguage(words: Words, later?: Words) {
  often = words
  rare = later
  const lng = preferred()
  await i18n.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    resources: { [lng]: { translation: (await words[lng]()).default } },
    interpolation: { escapeValue: false },
  })
  i18n.services.formatter?.add('within', within)
  document.documentElement.lang = lng
}
