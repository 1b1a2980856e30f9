import { useQuery } from '@tanstack/react-query'
import { post } from '@/api/http'
import { useDescription } from '@/api/queries'
import type { ActionAnswer, Id, Values } from '@/api/types'
import { ActionDialog } from '../document/ActionDialog'
import { asking, editing, places, type Story } from './model'
import { storyQuery } from './useApproval'
import { useDecided } from './useDecided'

export interface Decision {
  /** What is acted on: one's task, or the approval as a whole. */
  on: 'approvals.task' | 'approvals.approval'
  id: Id
  version: number
  verb: string
  signature: boolean
  choose?: boolean
  approval: Id
}

interface Props {
  decision: Decision
  onClose: () => void
}

const NOWHERE = { returns: [], drawing: { nodes: [] } }
const EDIT = 'edit'

function useDecide({ on, id, version, verb, approval }: Decision) {
  const { data: description } = useDescription(on)
  const decided = useDecided()
  const action = description?.actions[verb]
  const send = async (params: Values) => {
    await post<ActionAnswer>(`${description?.url}${id}/${verb}/`, { ...params, version })
    await decided(action?.label ?? verb, approval)
  }
  return { action, send }
}

/** The fields that a step lets be changed while the rest of the document is locked. */
function EditDialog({ decision, story, onClose }: Props & { story: Story }) {
  const { action, send } = useDecide(decision)
  const { data: about } = useDescription(story.resource)
  if (!action || !about) return null
  const { params, initial } = editing(about, story)
  return (
    <ActionDialog
      action={{ ...action, params }}
      initial={initial}
      resource={story.resource}
      header={(name) => story.content?.[name]}
      run={(values) => send({ values })}
      onClose={onClose}
    />
  )
}

/** What a decision asks before it is made: a comment, a signature, a colleague, a place to go back to. */
export function DecisionDialog({ decision, onClose }: Props) {
  const { action, send } = useDecide(decision)
  const placed = !!action?.params.some(({ name }) => name === 'node')
  const told = placed || decision.verb === EDIT
  const { data: story } = useQuery({ ...storyQuery(decision.approval), enabled: told })
  if (!action || (told && !story)) return null
  if (decision.verb === EDIT && story) return <EditDialog decision={decision} story={story} onClose={onClose} />
  const params = asking(action.params, { ...decision, places: places(decision.verb, story ?? NOWHERE) })
  return (
    <ActionDialog
      action={{ ...action, params }}
      initial={{}}
      resource={decision.on}
      header={() => undefined}
      run={send}
      onClose={onClose}
    />
  )
}
