import { App, Button, type ButtonProps } from 'antd'

/** A button that says why instead of doing anything, when what it does is not possible just now. */
export function VerbButton({ blocked, onClick, ...rest }: ButtonProps & { blocked?: string }) {
  const { message } = App.useApp()
  if (!blocked) return <Button {...rest} onClick={onClick} />
  const tell = () => void message.info(blocked)
  return <Button {...rest} type="default" danger={false} className="is-blocked" aria-disabled title={blocked} onClick={tell} />
}
