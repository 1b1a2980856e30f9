import { Empty, Modal, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doc } from '@/api/types'
import { byName } from '@/shared/pinyin'
import { Waiting } from '@/shared/Waiting'
import { type RoleRow, useCatalogue, useRoles } from './catalogue'
import { differences } from './differences'
import { reachName } from './ReachCell'
import './permissions.css'

/** Two roles side by side: only where they differ. */
export function CompareDialog({ doc, url, onClose }: { doc: Doc; url: string; onClose: () => void }) {
  const { t } = useTranslation()
  const roles = useRoles(url)
  const { data: catalogue } = useCatalogue()
  const [other, setOther] = useState<string | null>(null)
  const names = useMemo(() => new Map(catalogue?.reaches.map((one) => [one.value, one.label])), [catalogue])
  const masks = useMemo(() => new Map(catalogue?.masks.map((one) => [one.value, one.label])), [catalogue])
  const second = roles.data?.find((role) => String(role.id) === other)
  const rows = catalogue && second ? differences(catalogue, doc as unknown as RoleRow, second) : []
  const said = (value: string[]) => value.map((one) => masks.get(one) ?? reachName(one, names)).join(' + ') || t('permission.nothing')
  return (
    <Modal open width={760} title={t('permission.compareOf', { name: doc._label })} footer={null} onCancel={onClose}>
      <Select
        className="input--full"
        data-testid="compare-with"
        placeholder={t('permission.compareWith')}
        aria-label={t('permission.compareWith')}
        value={other}
        showSearch={byName}
        loading={roles.isPending}
        options={roles.data?.filter(({ id }) => id !== doc.id).map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={setOther}
      />
      {other && !catalogue && <Waiting />}
      {second && rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('permission.same')} />}
      {second && rows.length > 0 && (
        <div className="compare" data-testid="differences">
          <table>
            <thead>
              <tr>
                <th>{t('permission.method')}</th>
                <th>{doc._label}</th>
                <th>{second.name}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, label, first, second }) => (
                <tr key={key}>
                  <th scope="row">{label}</th>
                  <td>{said(first)}</td>
                  <td>{said(second)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  )
}
