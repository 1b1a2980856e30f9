import { Button, Checkbox, Segmented } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import type { Field, RefValue } from '@/api/types'
import { FieldInput } from '../field/registry'
import { refreshShares } from './model'

const NOBODY = { may_change: false, team: false, until: null as unknown }
const RESOURCES = { member: 'organization.member', unit: 'organization.unit' }
type Kind = keyof typeof RESOURCES

/** Let a colleague or a department in. */
export function ShareForm({ url }: { url: string }) {
  const { t } = useTranslation()
  const id = useId()
  const [kind, setKind] = useState<Kind>('member')
  const [whom, setWhom] = useState<unknown>(null)
  const [given, setGiven] = useState(NOBODY)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const field: Field = { name: kind, label: t(`access.${kind}`), type: kind, resource: RESOURCES[kind] }
  const until: Field = { name: 'until', label: t('access.untilDay'), type: 'date' }
  const send = async () => {
    setBusy(true)
    setProblem('')
    try {
      await post(url, { [kind]: (whom as RefValue | null)?.id ?? whom, ...given })
      setWhom(null)
      setGiven(NOBODY)
      await refreshShares()
    } catch (error) {
      setProblem(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="access__form">
      <Segmented
        size="small"
        value={kind}
        options={(['member', 'unit'] as const).map((value) => ({ value, label: t(`access.${value}`) }))}
        onChange={(next) => {
          setKind(next)
          setWhom(null)
        }}
      />
      <div data-testid="share-with">
        <FieldInput key={kind} resource="" field={field} id={`${id}whom`} value={whom} onChange={setWhom} />
      </div>
      <div className="access__given">
        <Checkbox checked={given.may_change} onChange={({ target }) => setGiven({ ...given, may_change: target.checked })}>
          {t('access.changes')}
        </Checkbox>
        <Checkbox checked={given.team} onChange={({ target }) => setGiven({ ...given, team: target.checked })}>
          {t('access.team')}
        </Checkbox>
      </div>
      <label className="access__until" htmlFor={`${id}until`}>
        <span>{until.label}</span>
        <FieldInput
          resource=""
          field={until}
          id={`${id}until`}
          value={given.until}
          onChange={(value) => setGiven({ ...given, until: value })}
        />
      </label>
      {problem && (
        <p className="field__error" role="alert">
          {problem}
        </p>
      )}
      <Button type="primary" size="small" loading={busy} disabled={!whom} data-testid="share-send" onClick={() => void send()}>
        {t('access.share')}
      </Button>
    </div>
  )
}
