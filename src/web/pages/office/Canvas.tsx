import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { LINES, newSection, setting } from './model'
import { SectionBox } from './SectionBox'
import type { Drawing } from './useDesign'

/** The page as it will be: sections of fields and the line table. */
export function Canvas({ drawing }: { drawing: Drawing }) {
  const { t } = useTranslation()
  const { design, set } = drawing
  return (
    <div className="canvas" data-testid="canvas">
      {design.sections.map((section, at) => (
        <SectionBox key={at} drawing={drawing} where={at} title={section.title} fields={section.fields} />
      ))}
      {design.lines && <SectionBox drawing={drawing} where={LINES} title={design.lines.title} fields={design.lines.fields} />}
      <div className="canvas__more">
        <Button icon={<PlusOutlined />} onClick={() => set(newSection(design, t('office.section')))}>
          {t('office.addSection')}
        </Button>
        {!design.lines && (
          <Button
            icon={<PlusOutlined />}
            data-testid="add-lines"
            onClick={() => set(setting(design, { lines: { name: LINES, title: t('office.lines'), fields: [] } }))}
          >
            {t('office.addLines')}
          </Button>
        )}
      </div>
    </div>
  )
}
