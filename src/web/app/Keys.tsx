import { Suspense } from 'react'
import { lazyPage } from '@/shared/lazyPage'
import { useKeys } from '@/shared/useKeys'
import { showKeys, useKeyHelp } from '@/workspace/keyHelp'

const KeyHelp = lazyPage(() => import('@/pages/keys/KeyHelp'))

/** `?` lists the keys, wherever somebody is. */
export function Keys() {
  const open = useKeyHelp((state) => state.open)
  useKeys({ '?': showKeys })
  return <Suspense>{open && <KeyHelp />}</Suspense>
}
