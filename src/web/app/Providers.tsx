import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ComponentProps, type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/queries'
import { csp } from './nonce'
import { themeFromStyles } from './theme'

type Locale = ComponentProps<typeof ConfigProvider>['locale']

const locales = {
  'zh-CN': () => import('antd/locale/zh_CN'),
  en: () => import('antd/locale/en_US'),
}

/** antd's own words, one language at a time. */
function useLocale(language: string): Locale {
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    let current = true
    const load = language === 'en' ? locales.en : locales['zh-CN']
    void load().then((module) => current && setLocale(module.default))
    return () => {
      current = false
    }
  }, [language])
  return locale
}

export function Providers({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const theme = useMemo(themeFromStyles, [])
  dayjs.locale(i18n.language === 'en' ? 'en' : 'zh-cn')
  return (
    <ConfigProvider csp={csp} locale={useLocale(i18n.language)} theme={theme} button={{ autoInsertSpace: false }}>
      <App component={false}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}
