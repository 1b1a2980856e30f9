import { PlusOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Empty, Input, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import { openNew } from '@/kit/document/help'
import { fits } from '@/shared/pinyin'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type FlowKind, type FlowVerb, KINDS_URL, useKinds, useTemplates } from '../designer/useFlow'
import './subjects.css'

const FLOW = 'approvals.flow'
/** What is decided already stands first, then what usually is. */
const rank = ({ verbs }: FlowKind) => (verbs.some(({ flow }) => flow) ? 0 : verbs.some(({ usual }) => usual) ? 1 : 2)

interface VerbProps {
  kind: FlowKind
  verb: FlowVerb
  onDraw: (kind: FlowKind, verb: FlowVerb) => void
}

/** One action of a document type: decided or not, and by which flow. */
function Verb({ kind, verb, onDraw }: VerbProps) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const [busy, setBusy] = useState(false)
  const name = `${kind.label} · ${verb.label}`
  const on = verb.flow !== null
  const turn = async () => {
    const asked = {
      title: t(on ? 'subjects.offSure' : 'subjects.onSure', { name }),
      content: t(on ? 'subjects.offText' : 'subjects.onText'),
    }
    if (!(await modal.confirm(asked))) return
    setBusy(true)
    try {
      await post(`${KINDS_URL}${kind.resource}/${verb.verb}/`, { on: !on })
      await refreshAll([])
    } catch (error) {
      void message.error(problemOf(error).detail, 6)
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className={classes('subject', on && 'is-on')} data-testid="subject" data-kind={`${kind.resource}.${verb.verb}`}>
      <Switch size="small" loading={busy} checked={on} aria-label={name} onChange={() => void turn()} />
      <span>
        <b>
          {verb.label} {verb.usual && !on && <Tag color="blue">{t('subjects.usual')}</Tag>}
        </b>
        {verb.flow && <TabLink to={docUrl(FLOW, verb.flow.id)}>{verb.flow.label}</TabLink>}
      </span>
      <Button
        size="small"
        type="text"
        icon={<PlusOutlined />}
        title={t('subjects.draw')}
        aria-label={t('subjects.drawFor', { name })}
        onClick={() => onDraw(kind, verb)}
      />
    </li>
  )
}

/** 审批业务: which actions of which documents wait for a decision, one switch each. */
export default function SubjectsPage() {
  const { t } = useTranslation()
  const { data, error } = useKinds()
  const { data: ready } = useTemplates(true)
  const [search, setSearch] = useState('')
  const [only, setOnly] = useState(false)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const draw = (kind: FlowKind, verb: FlowVerb) => {
    const name = t('subjects.flowOf', { kind: kind.label, verb: verb.label })
    openNew(FLOW, { name, resource: kind.resource, verb: verb.verb, drawing: ready?.rows[0]?.drawing }, name)
  }
  const shown = data.rows
    .filter(({ label }) => fits(label, search))
    .sort((one, other) => rank(one) - rank(other))
    .filter((kind) => !only || kind.verbs.some(({ flow }) => flow))
  return (
    <div className="subjects">
      <h1>{t('page.subjects')}</h1>
      <p className="soft">{t('subjects.intro')}</p>
      <search>
        <Input.Search
          allowClear
          placeholder={t('subjects.find')}
          aria-label={t('subjects.find')}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Checkbox checked={only} onChange={({ target }) => setOnly(target.checked)}>
          {t('subjects.onlyOn')}
        </Checkbox>
      </search>
      {shown.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(only ? 'subjects.noneOn' : 'subjects.none')} />
      ) : (
        <ul className="panel">
          {shown.map((kind) => (
            <li key={kind.resource}>
              <h2>{kind.label}</h2>
              <ul>
                {kind.verbs.map((verb) => (
                  <Verb key={verb.verb} kind={kind} verb={verb} onDraw={draw} />
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
