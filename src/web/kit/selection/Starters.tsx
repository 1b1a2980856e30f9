import { BulbOutlined, NumberOutlined } from '@ant-design/icons'
import { App, Button, Input, Select, Space } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { byName } from '@/shared/pinyin'
import { type Choices, chosenSince, type Outline, say } from './model'
import type { Guided, Parsed } from './useConfigurator'

interface Props {
  outline: Outline
  choices: Choices
  change: (choices: Choices) => void
  parse: (code: string) => Promise<Parsed>
  guide: (answers: Record<string, string>) => Promise<Guided>
}

/** Ways to begin: a template, a model code, what the customer says. */
export function Starters({ outline, choices, change, parse, guide }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [code, setCode] = useState('')
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const [told, setTold] = useState<string[]>([])
  const starters = [...outline.presets, ...outline.templates]
  const now = useRef(choices)
  now.current = choices
  /** What was asked for has come; what was chosen meanwhile stays. */
  const bring = (found: Choices) => change({ ...found, ...chosenSince(choices, now.current) })
  const safely = async (work: () => Promise<string[]>) => {
    try {
      setTold(await work())
    } catch (refused) {
      void message.error(problemOf(refused).detail)
    }
  }
  const read = () =>
    safely(async () => {
      const found = await parse(code)
      if (Object.keys(found.choices).length) bring({ ...choices, ...found.choices })
      if (found.whole) return found.broken.map((one) => `${one.rule} ${say(one.sentence)}`)
      const expected =
        found.expected && t('selection.expected', { option: say(found.expected.label), marks: found.expected.marks.join(' · ') })
      return [`${t('selection.notUnderstood', { understood: found.understood || '—', rest: found.rest })} ${expected ?? ''}`]
    })
  const ask = () =>
    safely(async () => {
      const found = await guide(answers)
      bring(found.choices)
      const moved = found.changed.map((name) => say(outline.options.find((one) => one.name === name)?.label))
      return [
        ...found.problems.map((one) => one.detail),
        ...found.warnings.map(say),
        ...(moved.length ? [t('selection.moved', { names: moved.join('、') })] : []),
      ]
    })
  return (
    <section className="panel starters" aria-label={t('selection.begin')}>
      {starters.length > 0 && (
        <Select
          className="starters__template"
          showSearch={byName}
          placeholder={t('selection.template')}
          aria-label={t('selection.template')}
          value={null}
          data-testid="template"
          options={starters.map((one, at) => ({
            value: at,
            label: [one.standard, say(one.name)]
              .filter((text, place, all) => text && !all.slice(place + 1).some((more) => more.includes(text)))
              .join(' · '),
          }))}
          onChange={(at: number | null) => at !== null && change(starters[at]?.choices ?? {})}
        />
      )}
      <Space.Compact>
        <Input
          prefix={<NumberOutlined />}
          placeholder={t('selection.pasteCode', { prefix: outline.prefix })}
          aria-label={t('selection.code')}
          value={code}
          data-testid="paste-code"
          onChange={(event) => setCode(event.target.value)}
          onPressEnter={() => code && void read()}
        />
        <Button disabled={!code} onClick={() => void read()}>
          {t('selection.read')}
        </Button>
      </Space.Compact>
      {outline.questions.length > 0 && (
        <Space.Compact>
          {outline.questions.map((question) => (
            <Input
              key={question.name}
              prefix={<BulbOutlined />}
              suffix={question.unit}
              placeholder={say(question.label)}
              aria-label={say(question.label)}
              value={answers[question.name] ?? ''}
              inputMode="decimal"
              data-testid={`question-${question.name}`}
              onChange={(event) => setAnswers({ ...answers, [question.name]: event.target.value })}
              onPressEnter={() => void ask()}
            />
          ))}
          <Button disabled={!Object.values(answers).some(Boolean)} onClick={() => void ask()}>
            {t('selection.advise')}
          </Button>
        </Space.Compact>
      )}
      {told.length > 0 && (
        <ul className="told told--warnings starters__told" role="status">
          {told.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
