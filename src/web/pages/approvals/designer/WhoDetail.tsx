import { InputNumber, Select } from 'antd'
import { type ComponentType, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, RefValue } from '@/api/types'
import { FieldInput } from '@/kit/field/registry'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import type { FormulaName } from '@/kit/formula/model'
import { byName } from '@/shared/pinyin'
import type { Names } from './design'
import type { Who } from './drawing'
import { SOURCES } from './words'

export interface DetailProps {
  who: Who
  set: (who: Who) => void
  names: Names
  formulaNames: FormulaName[]
  /** The fields of the document the flow is for. */
  fields: Field[]
  /** What is wrong with a part of this source. */
  problem: (path: string) => string | undefined
}

const LEVELS = 9
const idOf = (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? Number(value.id) : undefined)

const useLabel = ({ source }: Who) => useTranslation().t(`designer.source.${source}`)

function Members({ who, set, names }: DetailProps) {
  const field: Field = { name: 'members', label: useLabel(who), type: 'refs', resource: SOURCES.person?.resource }
  const members = ((who.members ?? []) as number[]).map((id) => ({ id, label: names('organization.member', id) }))
  return (
    <FieldInput id={useId()} field={field} value={members} onChange={(next) => set({ ...who, members: (next as RefValue[]).map(idOf) })} />
  )
}

function Named({ who, set }: DetailProps) {
  const { detail = '', resource } = SOURCES[who.source] ?? {}
  const field: Field = { name: detail, label: useLabel(who), type: 'ref', resource }
  return <FieldInput id={useId()} field={field} value={who[detail]} onChange={(next) => set({ ...who, [detail]: idOf(next) })} />
}

function Role(props: DetailProps) {
  const { t } = useTranslation()
  const { who, set } = props
  return (
    <>
      <Named {...props} />
      <Select
        aria-label={t('designer.scopeOf')}
        value={String(who.scope ?? 'company')}
        onChange={(scope) => set({ ...who, scope })}
        options={['company', 'unit'].map((value) => ({ value, label: t(`designer.scope.${value}`) }))}
      />
    </>
  )
}

function Level({ who, set }: DetailProps) {
  const { t } = useTranslation()
  return (
    <InputNumber
      min={1}
      max={LEVELS}
      aria-label={t('designer.level')}
      prefix={t('designer.level')}
      value={Number(who.level ?? 1)}
      onChange={(level) => set({ ...who, level: level ?? 1 })}
    />
  )
}

const WANTED: Record<string, Field['type']> = { head: 'unit', field: 'member', linked_owner: 'ref' }

function OfField({ who, set, fields }: DetailProps) {
  const { t } = useTranslation()
  const own = who.source === 'head' ? [{ value: '', label: t('designer.ownUnit') }] : []
  const options = fields.filter(({ type }) => type === WANTED[who.source]).map(({ name, label }) => ({ value: name, label }))
  const given = who.field as string | undefined
  return (
    <Select
      aria-label={useLabel(who)}
      placeholder={t('designer.chooseField')}
      showSearch={byName}
      value={given ?? own[0]?.value}
      options={[...own, ...options]}
      onChange={(field) => set({ ...who, field })}
    />
  )
}

function ByFormula({ who, set, formulaNames, problem }: DetailProps) {
  return (
    <FormulaInput
      id={useId()}
      label={useLabel(who)}
      value={String(who.formula ?? '')}
      names={formulaNames}
      problem={problem('formula')}
      onChange={(formula) => set({ ...who, formula })}
    />
  )
}

const MEASURES = ['amount', 'discount', 'margin', 'overdue']

function Measures({ who, set }: DetailProps) {
  const { t } = useTranslation()
  const given = Array.isArray(who.what) ? (who.what as string[]) : ['amount']
  return (
    <Select
      mode="multiple"
      aria-label={useLabel(who)}
      showSearch={byName}
      value={given}
      options={MEASURES.map((value) => ({ value, label: t(`limits.${value}`) }))}
      onChange={(what: string[]) => set({ ...who, what })}
    />
  )
}

const details: Record<string, ComponentType<DetailProps>> = {
  members: Members,
  role: Role,
  position: Named,
  level: Level,
  field: OfField,
  formula: ByFormula,
  what: Measures,
}

/** Which person, role, level or field a source means. */
export function WhoDetail(props: DetailProps) {
  const Found = details[SOURCES[props.who.source]?.detail ?? '']
  return Found ? <Found {...props} /> : null
}
