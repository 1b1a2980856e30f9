import { Button, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import type { ActionMeta, Problem, Values } from '@/api/types'
import { FieldBox } from '../field/FieldBox'
import { isRaw } from '../field/parse'
import { FieldInput } from '../field/registry'
import { defaultsOf } from './model'
import { ProblemAlert } from './ProblemAlert'

interface Props {
  action: ActionMeta
  initial: Values
  resource: string
  header: (name: string) => unknown
  run: (params: Values) => Promise<void>
  onClose: () => void
}

const wired = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(wired)
  if (isRaw(value)) return value.raw
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value
}

/** The parameters of a verb; what was entered stays when it is refused. */
export function ActionDialog({ action, initial, resource, header, run, onClose }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [values, setValues] = useState<Values>(() => ({ ...defaultsOf(action), ...initial }))
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const errors = Object.fromEntries((problem?.errors ?? []).map((error) => [error.path, error.detail]))
  const loose = (problem?.errors ?? [])
    .filter((error) => !action.params.some((param) => param.name === error.path))
    .map((error) => error.detail)
  const submit = async () => {
    setBusy(true)
    try {
      await run(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wired(value)])))
      onClose()
    } catch (error) {
      const refusal = problemOf(error)
      setProblem(refusal)
      if (refusal.code === 'stale') onClose()
    } finally {
      setBusy(false)
    }
  }
  // a figure is not focused beforehand: the click into it takes all of it, so that typing replaces it
  const first = action.params.slice(0, 1).find((param) => ['text', 'long'].includes(param.type))
  return (
    <Modal
      open
      title={action.label}
      onCancel={onClose}
      data-testid="dialog"
      afterOpenChange={(open) => open && first && document.getElementById(`${id}${first.name}`)?.focus()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" danger={action.style === 'danger'} loading={busy} data-testid="confirm" onClick={() => void submit()}>
            {action.label}
          </Button>
        </>
      }
    >
      <div className="dialog">
        {(action.confirm || action.help) && <p className="soft">{action.confirm || action.help}</p>}
        {problem && <ProblemAlert problem={problem} loose={loose} />}
        {action.params.map((param) => (
          <FieldBox key={param.name} field={param} id={`${id}${param.name}`} error={errors[param.name]} wide>
            <FieldInput
              resource={`${resource}.${action.verb}`}
              field={param}
              id={`${id}${param.name}`}
              value={values[param.name]}
              invalid={!!errors[param.name]}
              context={(name) => values[name] ?? header(name)}
              onChange={(value) => setValues((before) => ({ ...before, [param.name]: value }))}
            />
          </FieldBox>
        ))}
      </div>
    </Modal>
  )
}
