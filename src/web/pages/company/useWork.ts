import { App } from 'antd'
import { useState } from 'react'
import { problemOf } from '@/api/http'
import { refreshCompany } from './model'

/** Do something on the server, say what went wrong, and look at the company anew. */
export function useWork() {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const work = async (what: () => Promise<unknown>, said?: string) => {
    setBusy(true)
    try {
      await what()
      if (said) void message.success(said)
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
    await refreshCompany()
    setBusy(false)
  }
  return { busy, work }
}
