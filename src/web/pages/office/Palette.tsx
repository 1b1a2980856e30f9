import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { KindIcon } from './icons'
import { added, fieldsAt, KINDS, LINES, SINGLE } from './model'
import type { Drawing } from './useDesign'
import { usePaletteDrag } from './useFieldDrag'

function Kind({ kind, onAdd }: { kind: string; onAdd: () => void }) {
  const { t } = useTranslation()
  const box = useRef<HTMLButtonElement>(null)
  usePaletteDrag(box, kind)
  return (
    <button ref={box} type="button" className="palette__kind" data-testid={`kind-${kind}`} onClick={onAdd}>
      <KindIcon kind={kind} /> {t(`office.kind.${kind}`)}
    </button>
  )
}

/** The kinds of fields: dragged onto the page, or added by a click behind the chosen field. */
export function Palette({ drawing: { design, set, chosen, choose } }: { drawing: Drawing }) {
  const { t } = useTranslation()
  const add = (kind: string) => {
    const where = chosen?.where === LINES && SINGLE.includes(kind) ? 0 : (chosen?.where ?? Math.max(0, design.sections.length - 1))
    const at = chosen && chosen.where === where ? chosen.at + 1 : fieldsAt(design, where).length
    set(added(design, kind, t(`office.kind.${kind}`), { where, at }))
    choose({ where, at })
  }
  return (
    <section className="palette" aria-label={t('office.palette')}>
      <h3>{t('office.palette')}</h3>
      <div className="palette__kinds">
        {KINDS.map((kind) => (
          <Kind key={kind} kind={kind} onAdd={() => add(kind)} />
        ))}
      </div>
    </section>
  )
}
