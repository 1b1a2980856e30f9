import { Tabs } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { River } from './River'

const Notes = lazy(() => import('./Notes'))
const Files = lazy(() => import('./Files'))

/** Beside the form: what happened, what was said, what was attached. */
export function SidePanel({ url }: { url: string }) {
  const { t } = useTranslation()
  const items = [
    { key: 'river', label: t('side.river'), children: <River url={`${url}events/`} /> },
    { key: 'notes', label: t('side.notes'), children: <Notes url={`${url}notes/`} /> },
    { key: 'files', label: t('side.files'), children: <Files url={`${url}files/`} /> },
  ].map((item) => ({ ...item, children: <Suspense>{item.children}</Suspense> }))
  return (
    <aside className="panel sidepanel" data-testid="sidepanel">
      <Tabs size="small" items={items} />
    </aside>
  )
}
