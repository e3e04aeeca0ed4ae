import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** One quiet blue for what can be acted on; colour else only carries meaning, from `console.css`. */
const ink: MantineColorsTuple = [
  '#eef3fa',
  '#dbe5f2',
  '#b4c9e4',
  '#8aabd6',
  '#678fc8',
  '#4d7cbf',
  '#2f5f9f',
  '#264f86',
  '#1d3f6d',
  '#142f55',
]

export const theme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: "'IBM Plex Sans', 'IBM Plex Sans Arabic', system-ui, sans-serif",
  headings: { fontFamily: "'IBM Plex Sans', 'IBM Plex Sans Arabic', system-ui, sans-serif", fontWeight: '600' },
  defaultRadius: 4,
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  fontSizes: { xs: '13px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    // Locking the scroll of the page behind would write a style that the content security policy refuses.
    Modal: { defaultProps: { centered: true, size: 'lg', lockScroll: false } },
  },
})

/** Quiet and warning texts that WCAG 2.2 AA can read on both grounds; the same as in `console.css`. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#525a63',
    '--mantine-color-placeholder': '#5c646d',
    '--mantine-color-error': '#a4262c',
    '--mantine-color-red-outline': '#a4262c',
    '--mantine-color-red-filled': '#a4262c',
    '--mantine-color-red-filled-hover': '#8a1f24',
  },
  dark: {
    '--mantine-color-dimmed': '#a8b0ba',
    '--mantine-color-placeholder': '#a8b0ba',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-red-outline': '#ff9d9d',
    '--mantine-color-red-filled': '#a4262c',
    '--mantine-color-red-filled-hover': '#8a1f24',
  },
})
