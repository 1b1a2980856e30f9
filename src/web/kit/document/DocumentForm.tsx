import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionMeta, Description, Doc, Values } from '@/api/types'
import { InCurrency } from '@/shared/currency'
import { PlanEnds } from '@/workspace/notices/PlanEnds'
import { draftKey } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { isOpen } from '../approval/model'
import { useApprovals } from '../approval/useApproval'
import { useAlertsOn } from '../attention/useAlerts'
import { pathOf, readField } from '../field/path'
import { ActionDialog } from './ActionDialog'
import { Banners } from './Banners'
import { DocumentHead } from './DocumentHead'
import { linesSections, shownValue, withNumber } from './model'
import { takePending, usePending } from './pending'
import { Sections } from './Sections'
import { SidePanel } from './SidePanel'
import { StaleDialog } from './StaleDialog'
import { Summary } from './Summary'
import { useCommands } from './useCommands'
import { useEditor } from './useEditor'
import { useErrors } from './useErrors'
import { usePreview } from './usePreview'

const AlertStrip = lazy(() => import('../attention/AlertStrip'))
const ApprovalStrip = lazy(() => import('../approval/ApprovalStrip'))
const DecideButtons = lazy(() => import('../approval/DecideButtons'))

/** Ctrl+S saves what is on screen; hidden tabs have no effects and do not listen. */
function useSaveKey(active: boolean, save: () => Promise<void>) {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      if (active) void latest.current()
    }
    window.addEventListener('keydown', keys)
    return () => window.removeEventListener('keydown', keys)
  }, [active])
}

interface Props {
  description: Description
  doc: Doc | null
  /** A bespoke page puts its own view where the form stands, within the same frame. */
  overview?: (start: (verb: string) => void) => ReactNode
  /** What a bespoke page shows above the form; it follows what the server makes of unsaved input. */
  above?: (computed: Values | null) => ReactNode
  /** More for the head: a bespoke page's switch between its view and the form. */
  extra?: ReactNode
}

export const isEditable = (description: Description, doc: Doc | null) => {
  if (!doc) return true
  if (doc._can?.change === false) return false
  return !description.editable_when || description.editable_when.includes(String(doc.state))
}

export function DocumentForm({ description: told, doc, overview, above, extra }: Props) {
  const { t } = useTranslation()
  const description = useMemo(() => withNumber(told, doc, t('document.numberHelp')), [told, doc, t])
  const here = useTab()
  const box = useRef<HTMLDivElement>(null)
  const title = doc?._label ?? t('document.newOf', { name: description.label })
  const editor = useEditor(description, doc, draftKey(here), title)
  const editable = isEditable(description, doc)
  const preview = usePreview(editor, editable)
  const commands = useCommands(editor, here.id)
  const { trouble, setTrouble } = commands
  const [dialog, setDialog] = useState<{ action: ActionMeta; values: Values; done?: () => void } | null>(null)
  const [comparing, setComparing] = useState<Doc | null>(null)
  const known = useMemo(() => {
    const sections = linesSections(description)
    return [
      ...Object.values(description.fields).map(pathOf),
      ...sections.flatMap((section) => Object.values(section.fields).map((field) => `${section.name}.*.${pathOf(field)}`)),
    ]
  }, [description])
  const { errors, loose, clear } = useErrors(trouble, known, box)
  const approvals = useApprovals(description.key, doc)
  const alerts = useAlertsOn(description.key, doc?.id)
  const undecided = approvals.find(isOpen)
  const stale = comparing ?? (trouble?.problem.code === 'stale' ? (trouble.problem.current ?? null) : null)

  const value = (name: string) => {
    const field = description.fields[name]
    return field ? shownValue(field, doc, editor.edits, preview.computed) : readField(doc, { name, label: '', type: 'text' })
  }
  const start = (action: ActionMeta) =>
    action.params.length || action.confirm ? setDialog({ action, values: {} }) : void commands.act(action)
  const startVerb = (verb: string) => {
    const action = description.actions[verb]
    if (action) start(action)
  }

  useSaveKey(editable && (editor.dirty || !doc), commands.save)
  const pending = usePending((state) => (doc ? state[`${description.key} ${doc.id}`] : undefined))
  useEffect(() => {
    const begun = pending && doc ? takePending(`${description.key} ${doc.id}`) : undefined
    const action = begun && description.actions[begun.verb]
    if (action) setDialog({ ...begun, action })
  }, [pending, doc, description])
  const access = doc && description.access ? { resource: description.key, id: doc.id } : null
  const side = doc && <SidePanel url={`${description.url}${doc.id}/`} access={access} />
  return (
    <InCurrency value={value('currency')}>
      <div className="document" ref={box}>
        <DocumentHead
          editor={editor}
          title={title}
          editable={editable}
          commands={commands}
          onAction={start}
          extra={extra}
          decide={
            doc &&
            undecided && (
              <Suspense>
                <DecideButtons approval={undecided} />
              </Suspense>
            )
          }
        />
        <Banners
          editor={editor}
          draftId={draftKey(here)}
          problem={trouble && trouble.problem.code !== 'stale' ? trouble.problem : null}
          loose={loose}
          onClose={() => setTrouble(null)}
          onCompare={() => setComparing(doc)}
        />
        <PlanEnds name="apps" detail={description.closed} />
        {alerts.length > 0 && (
          <Suspense>
            <AlertStrip alerts={alerts} />
          </Suspense>
        )}
        {approvals.length > 0 && (
          <Suspense>
            <ApprovalStrip approvals={approvals} />
          </Suspense>
        )}
        {above?.(preview.computed?.values ?? null)}
        {overview ? (
          <div className="document__body">
            <div className="document__main">{overview(startVerb)}</div>
            {side}
          </div>
        ) : (
          <Sections editor={editor} preview={preview} editable={editable} errors={errors} clear={clear} value={value} side={side}>
            <Summary description={description} value={value} waiting={preview.waiting} />
          </Sections>
        )}
        {dialog && doc && (
          <ActionDialog
            action={dialog.action}
            initial={dialog.values}
            resource={description.key}
            header={value}
            run={(params) => commands.actWith(dialog.action, params).then(dialog.done)}
            onClose={() => setDialog(null)}
          />
        )}
        {stale && (
          <StaleDialog
            editor={editor}
            current={stale}
            onClose={() => {
              setComparing(null)
              setTrouble(null)
            }}
          />
        )}
      </div>
    </InCurrency>
  )
}
