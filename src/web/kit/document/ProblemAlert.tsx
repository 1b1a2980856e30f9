import { Alert, Button } from 'antd'
import type { Problem } from '@/api/types'
import { follow } from './help'

interface Props {
  problem: Problem
  /** Sentences that found no field to stand at. */
  loose?: string[]
  onClose?: () => void
}

/** A refusal: why, and what would help. */
export function ProblemAlert({ problem, loose = [], onClose }: Props) {
  return (
    <Alert
      type={problem.status === 409 ? 'warning' : 'error'}
      showIcon
      className="problem"
      data-testid="problem"
      data-code={problem.code}
      closable={onClose ? { onClose } : false}
      title={problem.detail || problem.title}
      description={
        loose.length > 0 && (
          <ul>
            {loose.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )
      }
      action={
        problem.help?.length ? (
          <span className="problem__help">
            {problem.help.map((help) => (
              <Button key={help.label} size="small" data-testid="help" onClick={() => follow(help, onClose)}>
                {help.label}
              </Button>
            ))}
          </span>
        ) : null
      }
    />
  )
}
