import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { Broken, Missing, Slow } from './design/states'
import { loadPage } from './page-load'
import { parts } from './parts'
import { Shell } from './shell'

/** Pages of the shell itself, and those of every capability. */
export function makeRouter() {
  const root = createRootRoute({ component: Shell, notFoundComponent: Missing })
  const own = [
    createRoute({
      getParentRoute: () => root,
      path: '/',
      beforeLoad: () => {
        throw redirect({ to: '/today' })
      },
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/today',
      component: lazyRouteComponent(() => import('./today'), 'Today'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/design',
      component: lazyRouteComponent(() => loadPage(() => import('./design/pieces')), 'Pieces'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/design/list',
      component: lazyRouteComponent(() => loadPage(() => import('./design/long-list')), 'LongList'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/design/widgets',
      component: lazyRouteComponent(() => loadPage(() => import('./design/widgets')), 'Widgets'),
    }),
  ]
  const theirs = parts
    .flatMap((it) => it.pages)
    .map(({ path, load }) =>
      createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') }),
    )
  return createRouter({
    routeTree: root.addChildren([...own, ...theirs]),
    basepath: '/console',
    defaultPendingComponent: Slow,
    defaultErrorComponent: Broken,
    defaultPendingMs: 200,
    defaultPreload: 'intent',
  })
}
