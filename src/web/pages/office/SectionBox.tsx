import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'
import { FieldCard } from './FieldCard'
import { added, type DesignField, LINES, moved, type Place, SINGLE, setting, type Where, withoutSection, withSection } from './model'
import type { Drawing } from './useDesign'
import { type Carried, useSectionDrop } from './useFieldDrag'

interface Props {
  drawing: Drawing
  where: Where
  title: string
  fields: DesignField[]
}

export function SectionBox({ drawing, where, title, fields }: Props) {
  const { t } = useTranslation()
  const { design, set, choose } = drawing
  const box = useRef<HTMLDivElement>(null)
  const lines = where === LINES
  const drop = (carried: Carried, to: Place) => {
    if (lines && 'kind' in carried && SINGLE.includes(carried.kind)) return
    set('kind' in carried ? added(design, carried.kind, t(`office.kind.${carried.kind}`), to) : moved(design, carried.from, to))
    choose('kind' in carried ? to : null)
  }
  const over = useSectionDrop(box, where, fields.length, drop)
  const english = lines ? design.lines?.title_en : design.sections[where]?.title_en
  const name = (values: { title?: string; title_en?: string }) =>
    set(lines ? setting(design, { lines: design.lines && { ...design.lines, ...values } }) : withSection(design, where, values))
  const remove = () => {
    choose(null)
    set(lines ? setting(design, { lines: null }) : withoutSection(design, where))
  }
  return (
    <section className={classes('canvas__section', lines && 'is-lines')}>
      <header>
        <Input
          variant="borderless"
          value={title}
          placeholder={lines ? t('office.lines') : t('office.section')}
          aria-label={t('office.sectionTitle')}
          onChange={(event) => name({ title: event.target.value })}
        />
        <Input
          variant="borderless"
          value={english ?? ''}
          placeholder={t('office.inEnglish')}
          aria-label={`${t('office.sectionTitle')} ${t('office.inEnglish')}`}
          onChange={(event) => name({ title_en: event.target.value })}
        />
        <Button type="text" aria-label={t('office.removeSection')} icon={<DeleteOutlined />} onClick={remove} />
      </header>
      <div ref={box} className={classes('canvas__fields', over && 'is-over')}>
        {fields.map((field, at) => (
          <FieldCard key={`${field.name} ${field.kind}`} drawing={drawing} place={{ where, at }} field={field} drop={drop} />
        ))}
        {fields.length === 0 && <p className="soft">{t(lines ? 'office.emptyLines' : 'office.emptySection')}</p>}
      </div>
    </section>
  )
}
