import { enableCompileCache } from 'node:module'

// The folder that Node would take lies in a directory that all users may write to: another could put code there.
const { cacheFolder, loadCatalogue } = await import('#cli/catalogue-cache')
enableCompileCache(`${cacheFolder(process.env)}/compiled`)

const { run } = await import('#cli/run')
const { systemTerminal } = await import('#cli/terminal')
const { commandOf } = await import('#cli/generated')

process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0) // whoever read our output has seen enough: `comity … | head`
  throw cause
})

const terminal = systemTerminal()
process.exitCode = await run(process.argv.slice(2), {
  terminal,
  loadShapes: async () => {
    try {
      return (await loadCatalogue(terminal)).map(commandOf)
    } catch (cause) {
      terminal.err(`The commands of the API cannot be loaded: ${(cause as Error).message}\n`)
      return []
    }
  },
})
