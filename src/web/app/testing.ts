import { startLanguage } from '@/shared/i18n'

localStorage.setItem('language', 'zh-CN')
await startLanguage({ 'zh-CN': () => import('@/locales/zh-CN.json'), en: () => import('@/locales/en.json') })
