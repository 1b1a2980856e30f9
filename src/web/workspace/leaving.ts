import { post } from '@/api/http'
import type { Meta } from '@/api/types'
import { forgetDrafts, sendDrafts } from './drafts'

/** Under which name the browser keeps what is one member's at one company. */
export const scopeOf = ({ company, member }: Pick<Meta, 'company' | 'member'>) => `${company.slug}:${member.id}`

/** What this browser keeps of one member; `dropped` names drafts that the server may still have to forget. */
const OF_MEMBER = /^(?:recent|tabs):/

function forgetIn(storage: Storage, scope: string) {
  for (const name of Object.keys(storage)) if (OF_MEMBER.test(name) && name.endsWith(`:${scope}`)) storage.removeItem(name)
}

/** Out, and nothing of this person's work stays behind in the browser; only what the server could not take is kept for their return. */
export async function logOut(scope: string) {
  const sent = await sendDrafts()
  await post('/api/v1/logout/')
  if (sent) await forgetDrafts()
  const forget = () => {
    for (const storage of [localStorage, sessionStorage]) forgetIn(storage, scope)
  }
  forget()
  window.addEventListener('pagehide', forget) // until it is gone, the page goes on and may write anew
  location.assign('/login')
}
