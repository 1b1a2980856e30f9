import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'
import { KindIcon } from './icons'
import { type DesignField, type Place, placeKey, said } from './model'
import type { Drawing } from './useDesign'
import { type Carried, useFieldDrag } from './useFieldDrag'

interface Props {
  drawing: Drawing
  place: Place
  field: DesignField
  drop: (carried: Carried, to: Place) => void
}

/** A field on the page: chosen by a click, moved by dragging or by the arrows in its settings. */
export function FieldCard({ drawing: { chosen, choose, errors }, place, field, drop }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLButtonElement>(null)
  const edge = useFieldDrag(box, place.where, place.at, drop)
  const wrong = errors[placeKey(place)]
  const active = chosen?.where === place.where && chosen.at === place.at
  const rules = [field.visible && t('office.ruleVisible'), field.required_if && t('office.ruleRequired')].filter(Boolean)
  return (
    <button
      ref={box}
      type="button"
      className={classes('card', active && 'is-active', wrong && 'is-wrong', field.wide && 'is-wide', edge && `is-${edge}`)}
      aria-pressed={active}
      title={wrong && Object.values(wrong).join(' ')}
      data-testid={`design-${field.name}`}
      onClick={() => choose(active ? null : place)}
    >
      <span className="card__label">
        <KindIcon kind={field.kind} /> {said(field) || field.name}
        {field.required && <em aria-hidden>*</em>}
      </span>
      <small>
        {t(`office.kind.${field.kind}`)}
        {rules.length > 0 && ` · ${rules.join(' · ')}`}
      </small>
    </button>
  )
}
