import { Alert, Button, Drawer, Empty } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compute, problemOf } from '@/api/http'
import type { Field, RefValue } from '@/api/types'
import { FieldBox } from '@/kit/field/FieldBox'
import { FieldInput } from '@/kit/field/registry'
import type { Trial } from './design'
import type { Drawing, Kind } from './drawing'
import { KindIcon } from './kinds'

interface Props {
  flow: string | null
  resource: string
  drawing: Drawing
  trial: Trial | null
  onTrial: (trial: Trial | null) => void
  onClose: () => void
}

/** Steps at which nothing happens that anybody would want to be told. */
const SILENT = ['start', 'join', 'end']

function Steps({ trial }: { trial: Trial }) {
  return (
    <ol className="trial" data-testid="trial">
      {trial.steps
        .filter(({ kind }) => !SILENT.includes(kind))
        .map((step) => (
          <li key={step.node}>
            <KindIcon kind={step.kind as Kind} />
            <span>
              <b>{step.name}</b>
              {step.who.length > 0 && <span>{step.who.map(({ label }) => label).join(' · ')}</span>}
              {step.why && <small className="soft">{step.why}</small>}
            </span>
          </li>
        ))}
    </ol>
  )
}

/** Runs a real document through the drawing without touching it: which way it would take, who would be asked and why. */
export function TryPanel({ flow, resource, drawing, trial, onTrial, onClose }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [document, setDocument] = useState<RefValue | null>(null)
  const [by, setBy] = useState<RefValue | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const fields: [Field, RefValue | null, (value: RefValue | null) => void][] = [
    [{ name: 'document', label: t('designer.tryWith'), type: 'ref', resource, required: true }, document, setDocument],
    [{ name: 'by', label: t('designer.tryBy'), type: 'member', resource: 'organization.member', help: t('designer.tryByHelp') }, by, setBy],
  ]
  const run = async () => {
    setBusy(true)
    setProblem('')
    try {
      onTrial(await compute<Trial>(`/api/v1/approvals/flows/${flow}/simulate/`, { document: document?.id, by: by?.id ?? null, drawing }))
    } catch (error) {
      onTrial(null)
      setProblem(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer
      open
      mask={false}
      getContainer={false}
      rootClassName="fboard__drawer"
      size={400}
      title={t('designer.try')}
      onClose={onClose}
      data-testid="try-panel"
    >
      <div className="npanel">
        {flow ? <p className="soft">{t('designer.tryHelp')}</p> : <Alert type="info" showIcon title={t('designer.saveFirst')} />}
        {fields.map(([field, value, set]) => (
          <FieldBox key={field.name} field={field} id={`${id}${field.name}`}>
            <FieldInput field={field} id={`${id}${field.name}`} value={value} onChange={(next) => set(next as RefValue | null)} />
          </FieldBox>
        ))}
        <Button type="primary" loading={busy} disabled={!flow || !document} data-testid="flow-run" onClick={() => void run()}>
          {t('designer.run')}
        </Button>
        {problem && <Alert type="error" showIcon title={problem} />}
        {trial ? (
          <>
            <Steps trial={trial} />
            {trial.outcome && <Alert type="success" showIcon title={trial.outcome} />}
          </>
        ) : (
          !problem && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('designer.notTried')} />
        )}
      </div>
    </Drawer>
  )
}
