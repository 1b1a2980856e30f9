import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { formatDateTime, formatNumber, formatSize } from '@/shared/format'
import { useTab } from '@/workspace/TabHost'
import { useCare } from './ClientPage'

/** Which backup of the company on this tab is meant: by its moment. */
export default function BackupInput({ id, value, onChange, invalid }: InputProps) {
  const { t } = useTranslation()
  const tab = useTab()
  const { data } = useCare(tab.id)
  const options = (data?.backups ?? []).map((one) => ({
    value: one.id,
    label: `${formatDateTime(one.taken_at)} · ${t('console.backupHolds', {
      rows: formatNumber(one.rows),
      files: formatNumber(one.files),
      size: formatSize(one.size),
    })}`,
  }))
  return (
    <Select
      id={id}
      value={value as number | undefined}
      status={invalid ? 'error' : undefined}
      options={options}
      placeholder={t('console.whichBackup')}
      notFoundContent={t('console.noBackup')}
      onChange={onChange}
    />
  )
}
