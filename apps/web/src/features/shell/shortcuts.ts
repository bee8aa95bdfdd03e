/** What `?` shows. The keys themselves are bound where they act. */
export const shortcuts: { title: string; keys: { keys: string[]; does: string }[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Ctrl', 'K'], does: 'Search and commands' },
      { keys: ['g', 't'], does: 'Go to traces' },
      { keys: ['g', 'o'], does: 'Go to observations' },
      { keys: ['g', 'e'], does: 'Go to sessions' },
      { keys: ['g', 'c'], does: 'Go to scores' },
      { keys: ['g', 's'], does: 'Go to settings' },
      { keys: ['t'], does: 'Light or dark' },
      { keys: ['?'], does: 'These keys' },
    ],
  },
  {
    title: 'Traces',
    keys: [
      { keys: ['j', 'k'], does: 'Next, previous trace' },
      { keys: ['Enter'], does: 'Open beside the table' },
      { keys: ['o'], does: 'Open as a page' },
      { keys: ['Esc'], does: 'Close' },
      { keys: ['/'], does: 'Search text' },
      { keys: ['f'], does: 'Show or hide filters' },
      { keys: ['r'], does: 'Time range' },
      { keys: ['.'], does: 'To the newest' },
    ],
  },
  {
    title: 'A trace',
    keys: [
      { keys: ['j', 'k'], does: 'Next, previous observation' },
      { keys: ['←', '→'], does: 'Fold, unfold' },
      { keys: ['['], does: 'Fold everything' },
      { keys: [']'], does: 'Unfold everything' },
      { keys: ['/'], does: 'Search in the trace' },
      { keys: ['n', 'N'], does: 'Next, previous hit' },
      { keys: ['e'], does: 'Next error' },
      { keys: ['s'], does: 'Next slowest' },
      { keys: ['c'], does: 'Next dearest' },
      { keys: ['z'], does: 'Zoom to selection, and back' },
      { keys: ['v'], does: 'Details or transcript' },
      { keys: ['T'], does: 'Details or timeline' },
      { keys: ['G'], does: 'Details or graph' },
      { keys: ['+', '-', '0'], does: 'Timeline and graph: zoom in, out, the whole' },
    ],
  },
];
