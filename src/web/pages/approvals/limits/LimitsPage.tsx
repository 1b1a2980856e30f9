import { App, Button, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Field, LinesSection } from '@/api/types'
import type { LineEdit } from '@/kit/document/model'
import { LineCards } from '@/kit/grid/LineCards'
import { LineGrid } from '@/kit/grid/LineGrid'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { faultsOf, type Limit, MEASURES, type Measure, POSITION, rowsOf, stepsOf, TYPES } from './model'
import { useLimits, writeSteps } from './useLimits'
import './limits.css'
import '@/kit/document/document.css'

const URL_KEY = 'approvals.limit'
const NOTHING = new Map()

interface SheetProps {
  limits: Limit[]
  positions: { id: number | string; label: string }[]
  offered: { value: string; label: string }[]
  /** Document types that usually are decided about, for a sheet still empty. */
  usual: string[]
  again: () => Promise<unknown>
}

/** Positions down, document types across, one kind of limit at a time: as in a spreadsheet, and pasted from one. */
function Matrix({ limits, positions, offered, usual, again }: SheetProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const phone = usePhone()
  const { resources } = useMeta()
  const [measure, setMeasure] = useState<Measure>('amount')
  const [types, setTypes] = useState(() => (limits.length ? [...new Set(limits.map(({ resource }) => resource))] : usual))
  const stored = useMemo(() => rowsOf(limits, positions, measure), [limits, positions, measure])
  const [edits, setEdits] = useState<LineEdit[] | null>(null)
  const [refused, setRefused] = useState<Record<string, Record<string, string>>>({})
  const [busy, setBusy] = useState(false)
  const rows = edits ?? stored
  const section = useMemo<LinesSection>(() => {
    const seat: Field = {
      name: POSITION,
      label: t('limits.position'),
      type: 'ref',
      resource: 'organization.position',
      required: true,
      width: 200,
    }
    const figures = types.map((name): Field => ({ name, label: resources[name]?.label ?? name, type: TYPES[measure], scale: 2 }))
    const fields = [seat, ...figures]
    return {
      kind: 'lines',
      title: t('page.limits'),
      name: 'limits',
      fields: Object.fromEntries(fields.map((field) => [field.name, field])),
      columns: fields.map(({ name }) => name),
    }
  }, [types, measure, resources, t])
  const faults = faultsOf(rows, types, { twice: t('limits.twice'), unread: t('field.unread') })
  const save = async () => {
    if (Object.keys(faults).length) return setRefused(faults)
    setBusy(true)
    const wrong = await writeSteps(resources[URL_KEY]?.url ?? '', stepsOf(limits, rows, types, measure))
    await again()
    setBusy(false)
    setRefused(wrong)
    if (Object.keys(wrong).length) return void message.error(t('limits.someRefused'))
    setEdits(null)
    void message.success(t('document.saved'))
  }
  const Lines = phone ? LineCards : LineGrid
  return (
    <>
      <div className="limits__tools">
        <Segmented
          value={measure}
          disabled={edits !== null}
          onChange={setMeasure}
          options={MEASURES.map((value) => ({ value, label: t(`limits.${value}`) }))}
        />
        <Select
          mode="multiple"
          className="limits__types"
          aria-label={t('limits.types')}
          placeholder={t('limits.types')}
          maxTagCount="responsive"
          disabled={edits !== null}
          showSearch={byName}
          value={types}
          options={offered}
          onChange={setTypes}
        />
        <span className="limits__save">
          {edits && (
            <Button
              onClick={() => {
                setEdits(null)
                setRefused({})
              }}
            >
              {t('document.discard')}
            </Button>
          )}
          <Button type="primary" disabled={!edits} loading={busy} data-testid="limits-save" onClick={() => void save()}>
            {t('document.save')}
          </Button>
        </span>
      </div>
      <section className="panel limits__sheet">
        {types.length === 0 ? (
          <p className="soft">{t('limits.chooseTypes')}</p>
        ) : (
          <Lines
            section={section}
            rows={rows}
            stored={NOTHING}
            computed={undefined}
            errors={edits ? { ...faults, ...refused } : refused}
            locked={false}
            change={(change) => setEdits((before) => change(before ?? stored))}
            header={() => undefined}
          />
        )}
      </section>
    </>
  )
}

/** 审批权限: how far each position decides alone. */
export default function LimitsPage() {
  const { t } = useTranslation()
  const { limits, positions, offered, usual, error, again } = useLimits()
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!limits || !positions || !offered) return <Waiting />
  return (
    <div className="limits">
      <h1>{t('page.limits')}</h1>
      <p className="soft">
        {t('limits.intro')} <TabLink to={listUrl(URL_KEY)}>{t('limits.asList')}</TabLink>
      </p>
      <Matrix limits={limits} positions={positions} offered={offered} usual={usual} again={again} />
    </div>
  )
}
