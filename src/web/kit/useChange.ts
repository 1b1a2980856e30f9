import { App } from 'antd'
import { useState } from 'react'
import { problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'

/** Change something on the server, say what went wrong, and look at everything on screen anew. Tells whether it went well. */
export function useChange() {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const change = async (what: () => Promise<unknown>, said?: string): Promise<boolean> => {
    setBusy(true)
    try {
      await what()
      if (said) void message.success(said)
      await refreshAll(['meta', 'setting', 'news'])
      return true
    } catch (error) {
      const { detail, errors } = problemOf(error)
      void message.error(errors?.[0]?.detail ?? detail, 6)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, change }
}
