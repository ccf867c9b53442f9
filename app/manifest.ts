import type { MetadataRoute } from 'next'

const manifest = (): MetadataRoute.Manifest => ({
  name: 'Drawbridge',
  short_name: 'Drawbridge',
  description: 'A whiteboard to draw on together.',
  start_url: '/boards',
  display: 'standalone',
  background_color: '#f8f6f1',
  theme_color: '#0b6b72',
  icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
})

export default manifest
