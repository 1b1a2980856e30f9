import { type ReactNode, useEffect, useRef } from 'react'
import { problemOf } from '@/api/http'
import { Trouble } from '@/shared/Trouble'
import { isStill } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { Glance } from './Glance'
import { Mend } from './Mend'
import { type Answer, type Choices, groupsOf } from './model'
import { OptionBox } from './OptionBox'
import { Starters } from './Starters'
import { Summary } from './Summary'
import { useConfigurator } from './useConfigurator'
import { walk } from './walk'
import './selection.css'

interface Props {
  /** The id of the selection table's version. */
  table: number
  choices: Choices
  onChange: (choices: Choices) => void
  /** What came of which choices, each time there is a new answer. */
  onAnswer?: (answer: Answer, choices: Choices) => void
  readonly?: boolean
  /** Below the summary: what can be done with the configuration. */
  children?: ReactNode
}

/** 选型: choices on the left, what comes of them on the right. A value that is not possible says why, and how it would be. */
export function Configurator({ table, choices, onChange, onAnswer, readonly = false, children }: Props) {
  const { outline, answer, of, error, parse, guide } = useConfigurator(table, choices)
  const side = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answer && of !== null) onAnswer?.(answer, JSON.parse(of) as Choices)
  }, [answer, of, onAnswer])
  if (error && !answer) return <Trouble title={problemOf(error).detail} />
  if (!outline) return <Waiting />
  return (
    <div className="configurator" data-testid="configurator">
      {!readonly && <Starters outline={outline} choices={choices} change={onChange} parse={parse} guide={guide} />}
      <div className="configurator__desk">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are what is walked through */}
        <div className="configurator__groups" onKeyDown={walk}>
          {groupsOf(outline.options, answer?.hidden ?? []).map((group) => (
            <section key={group.title} className="panel optiongroup">
              {group.title && <h2>{group.title}</h2>}
              {group.options.map((option) => (
                <OptionBox
                  key={option.name}
                  table={table}
                  option={option}
                  options={outline.options}
                  choices={choices}
                  answer={answer}
                  change={onChange}
                  readonly={readonly}
                />
              ))}
            </section>
          ))}
        </div>
        <div className="configurator__side" ref={side}>
          {error && <Trouble title={problemOf(error).detail} />}
          {answer && (
            <Summary
              answer={answer}
              options={outline.options}
              mend={
                !readonly &&
                answer.broken.length > 0 && <Mend table={table} options={outline.options} choices={choices} change={onChange} />
              }
            />
          )}
          {children}
        </div>
      </div>
      {answer && children && (
        <Glance answer={answer} open={() => side.current?.scrollIntoView({ behavior: isStill() ? 'auto' : 'smooth' })} />
      )}
    </div>
  )
}
