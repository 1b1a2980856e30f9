import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compute, problemOf } from '@/api/http'
import { type Choices, changeSaid, type Option } from './model'

interface Props {
  table: number
  options: Option[]
  choices: Choices
  change: (choices: Choices) => void
}

/** What would have to change for no rule to be broken: looked for when somebody asks, taken with a second click. */
export function Mend({ table, options, choices, change }: Props) {
  const { t } = useTranslation()
  const [found, setFound] = useState<{ of: string; change: Choices | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')
  const asked = JSON.stringify(choices)
  const told = found?.of === asked ? found : null
  const look = async () => {
    setBusy(true)
    setTrouble('')
    try {
      const answer = await compute<{ change: Choices | null }>(`/api/v1/selection/rule-sets/${table}/repair/`, { choices })
      setFound({ of: asked, change: answer.change })
    } catch (error) {
      setTrouble(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  if (trouble) return <p className="option__trouble">{trouble}</p>
  if (told && !told.change) return <p className="soft mend">{t('selection.farAway')}</p>
  return (
    <div className="mend">
      {told?.change ? (
        <Button size="small" type="primary" onClick={() => change({ ...choices, ...told.change })} data-testid="mend">
          {t('selection.mend', { change: changeSaid(options, told.change) })}
        </Button>
      ) : (
        <Button size="small" loading={busy} onClick={() => void look()} data-testid="how-to-mend">
          {t('selection.howToMend')}
        </Button>
      )}
    </div>
  )
}
