import { useTranslation } from 'react-i18next'
import { SwitchedView } from '@/kit/document/SwitchedView'
import { Trial } from './Trial'

/** 预警规则: what is watched and who is told, and a trial on what is and on last month. */
export default function RulePage() {
  const { t } = useTranslation()
  return (
    <SwitchedView names={{ form: t('rule.settings'), overview: t('rule.trial') }} first="form" overview={(doc) => <Trial doc={doc} />} />
  )
}
