import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh-CN' | 'en'
export type Words = () => Promise<{ default: object }>

const REMEMBERED = 'language'
let loaders: Record<Language, Words>

export const language = (): Language => (i18n.language === 'en' ? 'en' : 'zh-CN')
export const wireLanguage = () => (language() === 'en' ? 'en' : 'zh-hans')
export const fromWire = (code: string): Language => (code.startsWith('en') ? 'en' : 'zh-CN')

function preferred(): Language {
  const kept = localStorage.getItem(REMEMBERED)
  if (kept === 'en' || kept === 'zh-CN') return kept
  return navigator.language.startsWith('zh') || !navigator.language.startsWith('en') ? 'zh-CN' : 'en'
}

export async function setLanguage(next: Language) {
  if (!i18n.hasResourceBundle(next, 'translation')) i18n.addResourceBundle(next, 'translation', (await loaders[next]()).default)
  await i18n.changeLanguage(next)
  document.documentElement.lang = next
  localStorage.setItem(REMEMBERED, next)
}

/** Each entry brings only its own words. */
export async function startLanguage(words: Record<Language, Words>) {
  loaders = words
  const lng = preferred()
  await i18n.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    resources: { [lng]: { translation: (await words[lng]()).default } },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = lng
}
