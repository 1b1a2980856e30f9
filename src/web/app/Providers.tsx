import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/queries'
import { themeFromStyles } from './theme'

export function Providers({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const theme = useMemo(themeFromStyles, [])
  const english = i18n.language === 'en'
  dayjs.locale(english ? 'en' : 'zh-cn')
  return (
    <ConfigProvider locale={english ? enUS : zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <App component={false}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}
