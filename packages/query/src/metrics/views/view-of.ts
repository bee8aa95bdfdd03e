import type { TraceColumnsMean } from '../../observations/observation-columns';
import type { View } from '../field';
import type { MetricView } from '../metric-query';
import { observationViews } from './observations';
import { booleanScores, categoricalScores, numericScores } from './scores';
import { tracesView } from './traces';

export function viewOf(view: MetricView, mean: TraceColumnsMean): View {
  switch (view) {
    case 'traces':
      return tracesView;
    case 'observations':
      return observationViews[mean];
    case 'scores-numeric':
      return numericScores;
    case 'scores-boolean':
      return booleanScores;
    case 'scores-categorical':
      return categoricalScores;
  }
}
