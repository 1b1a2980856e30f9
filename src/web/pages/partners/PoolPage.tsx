import { useTranslation } from 'react-i18next'
import { SwitchedView } from '@/kit/document/SwitchedView'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { PoolAccounts } from './PoolAccounts'
import './pool.css'

/** 公海: what lies in a pool and may be claimed, with its rules one click away. */
export default function PoolPage() {
  const { t } = useTranslation()
  const { id } = useTab()
  return (
    <SwitchedView
      names={{ overview: t('partner.pool.accounts'), form: t('partner.pool.rules') }}
      first={isNew(id) ? 'form' : 'overview'}
      overview={(doc) => <PoolAccounts pool={doc.id} />}
    />
  )
}
