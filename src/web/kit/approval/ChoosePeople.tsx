import { Button, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chosen, Place } from '@/api/choosing'
import type { Field, RefValue } from '@/api/types'
import { formatList } from '@/shared/format'
import { FieldBox } from '../field/FieldBox'
import { FieldInput } from '../field/registry'

interface Props {
  places: Place[]
  /** The documents it is for, when there are several. */
  about: string[]
  onDone: (chosen: Chosen | null) => void
}

/** Who decides at the steps that the flow leaves to whoever asks for it; said before it goes on its way. */
export default function ChoosePeople({ places, about, onDone }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [people, setPeople] = useState<Record<string, RefValue[]>>({})
  const complete = places.every(({ node }) => people[node]?.length)
  const done = () => onDone(Object.fromEntries(Object.entries(people).map(([node, some]) => [node, some.map((one) => one.id)])))
  return (
    <Modal
      open
      title={t('approval.choose')}
      onCancel={() => onDone(null)}
      data-testid="choose-people"
      footer={
        <>
          <Button onClick={() => onDone(null)}>{t('cancel')}</Button>
          <Button type="primary" disabled={!complete} data-testid="choose-done" onClick={done}>
            {t('approval.chosen')}
          </Button>
        </>
      }
    >
      <div className="dialog">
        <p className="soft">{t('approval.chooseText')}</p>
        {about.length > 0 && <p data-testid="choose-about">{t('approval.chooseFor', { count: about.length, names: formatList(about) })}</p>}
        {places.map(({ node, label }) => {
          const field: Field = { name: node, label, type: 'refs', resource: 'organization.member', required: true }
          return (
            <FieldBox key={node} field={field} id={`${id}${node}`} wide>
              <FieldInput
                field={field}
                id={`${id}${node}`}
                value={people[node] ?? []}
                onChange={(value) => setPeople((before) => ({ ...before, [node]: value as RefValue[] }))}
              />
            </FieldBox>
          )
        })}
      </div>
    </Modal>
  )
}
