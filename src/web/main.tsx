import 'virtual:fonts.css'
import './mantine.css'
import './console.css'
import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { chooseLanguage, Languages, startWords } from './language'
import { NodeProvider } from './node'
import { office } from './office'
import { makeRouter } from './router'
import { readable, theme } from './theme'

document.title = office.name
await startWords(chooseLanguage())
createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <Languages>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={readable}
        defaultColorScheme="auto"
        getStyleNonce={() => office.styleNonce}
      >
        <NodeProvider>
          <RouterProvider router={makeRouter()} />
        </NodeProvider>
      </MantineProvider>
    </Languages>
  </StrictMode>,
)
