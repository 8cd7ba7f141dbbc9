import './icon.css'

/** Strokes on a 24-unit grid. */
const paths = {
  prompts: 'M4 6h16M4 12h9M4 18h6M18 11v6m-3.5 1.5a3.5 2.8 0 1 0 7 0a3.5 2.8 0 1 0-7 0',
  media: 'M4 12h1.5M8 8v8M11.5 5v14M15 9v6M18.5 11v2',
  editor: 'M3 12h2.5l2-6 3 12 3-9 2 5 1.5-2H21',
  batches: 'M4 5.5h16M4 5.5v4h16v-4M4 14.5h9M4 18.5h6M16 13.5l5 3-5 3z',
  recordings: 'M11 13a4 4 0 1 1-8 0a4 4 0 1 1 8 0M21 13a4 4 0 1 1-8 0a4 4 0 1 1 8 0M7 17h10',
  conferences:
    'M12 8.5a3 3 0 1 1-6 0a3 3 0 1 1 6 0M3.5 19c0-3.3 2.5-5.2 5.5-5.2s5.5 1.9 5.5 5.2M15.5 6.2a2.6 2.6 0 0 1 0 5M17 14.2c2.2.5 3.5 2.2 3.5 4.8',
  calls:
    'M6 3.5h3.5L11 8 8.7 9.7a11 11 0 0 0 5.6 5.6L16 13l4.5 1.5V18a2.5 2.5 0 0 1-2.5 2.5A14.5 14.5 0 0 1 3.5 6 2.5 2.5 0 0 1 6 3.5',
  phones:
    'M4 10.5V9c0-3 3.6-4.5 8-4.5S20 6 20 9v1.5h-4.5V8.8a12 12 0 0 0-7 0v1.7zM7.5 10.5 5 19.5h14l-2.5-9M10 13.5v.01M14 13.5v.01M10 16.5v.01M14 16.5v.01',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M17 7a2 2 0 1 1-4 0a2 2 0 1 1 4 0M11 17a2 2 0 1 1-4 0a2 2 0 1 1 4 0',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13M16 5.5v13',
  stop: 'M7 7h10v10H7z',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
  upload: 'M12 15.5V4.5m-4.5 4.5L12 4.5 16.5 9M5 19.5h14',
  trash: 'M4.5 7h15M10 7V4.5h4V7M6.5 7l.8 12.5h9.4L17.5 7M10.2 10.5v5.5M13.8 10.5v5.5',
  speak: 'M4 9.5v5h3.5l5 4v-13l-5 4zM16 9a4 4 0 0 1 0 6M18.5 6.5a7.5 7.5 0 0 1 0 11',
  import: 'M20 13v6.5H4V13M12 3.5v11m-4-4 4 4 4-4',
  export: 'M20 13v6.5H4V13M12 14.5v-11m-4 4 4-4 4 4',
  search: 'M17 11a6 6 0 1 1-12 0a6 6 0 1 1 12 0M15.5 15.5 20 20',
  check: 'M5 12.5 10 17.5 19.5 7',
  warning: 'M12 4.5 21 19.5H3zM12 10v4.5M12 17v.2',
  error: 'M21 12a9 9 0 1 1-18 0a9 9 0 1 1 18 0M12 7.5v5.5M12 16v.2',
  info: 'M21 12a9 9 0 1 1-18 0a9 9 0 1 1 18 0M12 11.5v5M12 8v.2',
  close: 'M6 6l12 12M18 6 6 18',
  add: 'M12 5v14M5 12h14',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
  edit: 'M4.5 19.5l.8-4L16.5 4.3l3.2 3.2L8.5 18.7zM14 6.8l3.2 3.2',
  undo: 'M9 5 4.5 9.5 9 14M4.5 9.5H14a5 5 0 0 1 0 10H8.5',
  refresh: 'M19.5 11a7.5 7.5 0 1 0-1.8 5.8M19.5 5.5V11H14',
  folder: 'M3.5 6.5h6l2 2.5h9v10.5h-17z',
  file: 'M6 3.5h7.5L18 8v12.5H6zM13.5 3.5V8H18',
  back: 'M19 12H5m5.5-5.5L5 12l5.5 5.5',
  up: 'M12 19V5m-5.5 5.5L12 5l5.5 5.5',
  down: 'M12 5v14m-5.5-5.5L12 19l5.5-5.5',
  merge: 'M5 5v4l7 5 7-5V5M12 14v6',
  split: 'M12 4v6l-7 5v5M12 10l7 5v5',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  show: 'M2.5 12C4.5 8 8 6 12 6s7.5 2 9.5 6c-2 4-5.5 6-9.5 6s-7.5-2-9.5-6M14.5 12a2.5 2.5 0 1 1-5 0a2.5 2.5 0 1 1 5 0',
  hide: 'M9.5 6.4A10 10 0 0 1 12 6c4 0 7.5 2 9.5 6a12 12 0 0 1-2.4 3.200M6.200 7.600A12 12 0 0 0 2.5 12c2 4 5.5 6 9.5 6a10 10 0 0 0 4.200-.9M4 4l16 16',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  globe:
    'M21 12a9 9 0 1 1-18 0a9 9 0 1 1 18 0M3.5 12h17M12 3c2.7 2.5 4 5.5 4 9s-1.3 6.5-4 9c-2.7-2.5-4-5.5-4-9s1.3-6.5 4-9',
  'chevron-down': 'M6.5 9.5 12 15l5.5-5.5',
  'chevron-right': 'M9.5 6.5 15 12l-5.5 5.5',
} as const

export type IconName = keyof typeof paths

/** Decoration: whatever it stands for is also said in words by its surroundings. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg
    className={`icon icon-${name}`}
    width={size}
    height={size}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
)
