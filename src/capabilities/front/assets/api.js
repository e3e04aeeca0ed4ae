// Starts Swagger UI on the node's own description. Nothing is asked of anybody else: no validator, no settings from the address.
const failed = () => {
  document.getElementById('failed').hidden = false
}

// Its dark colours hang on a class, which the part of it that is not used here would set.
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()

if (window.SwaggerUIBundle === undefined) failed()
else
  window.SwaggerUIBundle({
    url: '/api/v1/openapi.json',
    dom_id: '#api',
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: 'BaseLayout',
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    validatorUrl: null,
    queryConfigEnabled: false,
    persistAuthorization: false,
    responseInterceptor: (response) => {
      if (response.url.endsWith('/api/v1/openapi.json') && !response.ok) failed()
      return response
    },
  })
