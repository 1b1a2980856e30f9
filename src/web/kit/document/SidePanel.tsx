import { Tabs } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { River } from './River'

const Notes = lazy(() => import('./Notes'))
const Files = lazy(() => import('./Files'))
const Access = lazy(() => import('../access/Access'))

/** Beside the form: what happened, what was said, what was attached. */
export function SidePanel({ url, access }: { url: string; access: { resource: string; id: Id } | null }) {
  const { t } = useTranslation()
  const items = [
    { key: 'river', label: t('side.river'), children: <River url={`${url}events/`} /> },
    { key: 'notes', label: t('side.notes'), children: <Notes url={`${url}notes/`} /> },
    { key: 'files', label: t('side.files'), children: <Files url={`${url}files/`} /> },
    ...(access ? [{ key: 'access', label: t('access.title'), children: <Access url={`${url}shares/`} {...access} /> }] : []),
  ].map((item) => ({ ...item, children: <Suspense>{item.children}</Suspense> }))
  return (
    <aside className="panel sidepanel" data-testid="sidepanel">
      <Tabs size="small" items={items} />
    </aside>
  )
}
