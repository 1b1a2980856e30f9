declare module '*.json?often' {
  const words: object
  export default words
}
declare module '*.json?rare' {
  const words: object
  export default words
}
