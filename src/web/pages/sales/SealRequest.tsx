import { SafetyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { Doc, RefValue } from '@/api/types'
import { openNew } from '@/kit/document/help'

const KEY = 'office.seal'
const STATES = ['draft', 'signed', 'executing']

/** 用章申请: a request for the seal with what the contract tells of it, where the company uses that form. */
export function SealRequest({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const form = useMeta().resources[KEY]
  if (!form || !STATES.includes(String(doc.state))) return null
  const party = doc.customer as RefValue | null
  const told = {
    'custom.seal': 'contract',
    'custom.file_name': [doc._label, doc.title].filter(Boolean).join(' '),
    'custom.copies': 2,
    'custom.receiver': party?.label ?? '',
    'custom.partner': party,
    'custom.reason': t('contract.sealFor', { contract: doc._label }),
  }
  return (
    <Button icon={<SafetyOutlined />} onClick={() => openNew(KEY, told, form.label)} data-testid="seal-request">
      {t('contract.seal')}
    </Button>
  )
}
