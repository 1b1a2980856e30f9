import { ExperimentOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doc } from '@/api/types'
import { Waiting } from '@/shared/Waiting'

const Panel = lazy(() => import('./SupposePanel'))

/** 条款试算: what other terms of payment would mean, one click away from a contract or a quote. */
export function Suppose({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<ExperimentOutlined />} onClick={() => setOpen(true)} data-testid="suppose">
        {t('suppose.title')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={`${doc._label} · ${t('suppose.title')}`} size={860} destroyOnHidden>
        <Suspense fallback={<Waiting lines={6} />}>
          <Panel doc={doc} onTaken={() => setOpen(false)} />
        </Suspense>
      </Drawer>
    </>
  )
}
