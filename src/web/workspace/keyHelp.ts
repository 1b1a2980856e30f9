import { create } from 'zustand'

/** Whether the list of keys is shown. */
export const useKeyHelp = create(() => ({ open: false }))
export const showKeys = () => useKeyHelp.setState({ open: true })
export const hideKeys = () => useKeyHelp.setState({ open: false })
