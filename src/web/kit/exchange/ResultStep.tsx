import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '@/api/types'
import { formatList, formatNumber } from '@/shared/format'
import { JobProgress } from './JobProgress'
import { type Created, type ImportResult, type Inspection, labelOf } from './model'
import { useUndo } from './useUndo'

interface Props {
  job: Job['id']
  result: ImportResult
  inspection: Inspection
  trial: boolean
  onBack: () => void
  onRun: () => void
  onClose: () => void
}

function Errors({ result, inspection }: { result: ImportResult; inspection: Inspection }) {
  const { t } = useTranslation()
  if (!result.errors?.length) return null
  return (
    <>
      <ul className="report" data-testid="import-errors">
        {result.errors.map((error) => (
          <li key={`${error.row}${error.path}${error.detail}`}>
            <b>{t('import.row', { row: error.row })}</b>
            <span>{labelOf(inspection, error.path)}</span>
            <span>{error.detail}</span>
          </li>
        ))}
      </ul>
      {result.file && (
        <Button icon={<DownloadOutlined />} href={result.file} download>
          {t('import.errorFile')}
        </Button>
      )}
    </>
  )
}

function Creates({ creates, trial }: { creates: Created[]; trial: boolean }) {
  const { t } = useTranslation()
  return (
    <ul className="report" data-testid="import-creates">
      {creates.map((one) => {
        const more = one.count - one.names.length
        const names = formatList(more ? [...one.names, t('import.more', { count: more })] : one.names)
        return (
          <li key={one._key}>
            {t(trial ? 'import.creates' : 'import.created', { label: one.label, amount: formatNumber(one.count), names })}
          </li>
        )
      })}
    </ul>
  )
}

export function ResultStep({ job, result, inspection, trial, onBack, onRun, onClose }: Props) {
  const { t } = useTranslation()
  const undo = useUndo(job)
  const figures = {
    rows: formatNumber(result.rows),
    created: formatNumber(result.created),
    updated: formatNumber(result.updated),
    failed: formatNumber(result.failed),
  }
  return (
    <>
      <Alert
        showIcon
        data-testid="import-result"
        type={undo.verdict ? 'info' : result.failed ? 'warning' : 'success'}
        title={undo.verdict || t(trial ? 'import.tried' : 'import.done', figures)}
      />
      {undo.problem && <Alert type="error" showIcon title={undo.problem} />}
      {undo.running && !undo.verdict && <JobProgress id={undo.running} onDone={undo.ended} />}
      {!undo.verdict && !!result.creates?.length && <Creates creates={result.creates} trial={trial} />}
      <Errors result={result} inspection={inspection} />
      <div className="exchange__foot">
        {trial && <Button onClick={onBack}>{t('import.back')}</Button>}
        {trial && (
          <Button type="primary" onClick={onRun} data-testid="import-run">
            {t('import.really')}
          </Button>
        )}
        {!trial && result.undo && !undo.running && <Button onClick={() => void undo.start()}>{t('import.undo')}</Button>}
        {!trial && (
          <Button type="primary" onClick={onClose}>
            {t('close')}
          </Button>
        )}
      </div>
    </>
  )
}
