import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { hideKeys } from '@/workspace/keyHelp'
import './keys.css'

const GROUPS: Record<string, Record<string, string[]>> = {
  everywhere: { search: ['Ctrl', 'K'], save: ['Ctrl', 'S'], help: ['?'] },
  lines: {
    edit: ['F2', 'Enter'],
    next: ['Tab'],
    add: ['Ctrl', 'Enter'],
    insert: ['Insert'],
    remove: ['Ctrl', 'Delete'],
    move: ['Alt', '↑', '↓'],
    fill: ['Ctrl', 'D'],
    paste: ['Ctrl', 'V'],
    about: ['Alt', 'Enter'],
  },
  quote: { selection: ['F8'], paper: ['F9'], prices: ['F7'], back: ['Esc'] },
  selection: { walk: ['←', '↑', '→', '↓'], choose: ['Space'] },
}

/** The keys of this screen and of all others, in one list. */
export default function KeyHelp() {
  const { t } = useTranslation()
  return (
    <Modal open title={t('keys.title')} onCancel={hideKeys} footer={null} width={760}>
      <div className="keys" data-testid="keys">
        {Object.entries(GROUPS).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`keys.${group}.title`)}</h3>
            <dl>
              {Object.entries(keys).map(([what, pressed]) => (
                <div key={what}>
                  <dt>{t(`keys.${group}.${what}`)}</dt>
                  <dd>
                    {pressed.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
