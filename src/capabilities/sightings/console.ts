import type { ConsolePart } from '../../web/part'

const people = ['officer', 'supervisor'] as const

export const console: ConsolePart = {
  duty: 'subjects',
  pages: [
    { path: '/movements/$id', title: 'sightings.movement', roles: people, load: () => import('./movement-page') },
    { path: '/sightings/new', title: 'sightings.new', roles: people, named: true, load: () => import('./new-page') },
    { path: '/sightings/$id/edit', title: 'sightings.edit.open', roles: people, load: () => import('./edit-page') },
  ],
}
