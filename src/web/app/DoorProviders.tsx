import { ConfigProvider } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { csp } from './nonce'
import { themeFromStyles } from './theme'

/** The door needs the look, but neither antd's words nor a query cache. */
export function DoorProviders({ children }: { children: ReactNode }) {
  const theme = useMemo(themeFromStyles, [])
  return (
    <ConfigProvider csp={csp} theme={theme} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}
