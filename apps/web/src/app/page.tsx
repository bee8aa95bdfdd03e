import { OpenLastProject } from '../features/shell/open-last-project';

export default function Page() {
  return <OpenLastProject />;
}
