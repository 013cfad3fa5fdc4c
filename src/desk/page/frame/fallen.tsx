import { Component, type ReactNode } from 'react';
import { useWords } from '../words.tsx';

interface Props {
  readonly children: ReactNode;
  /** Where the agent is: somewhere else it is tried anew. */
  readonly at: string;
}

interface State {
  readonly fallen: boolean;
  readonly at: string;
}

/** What can't be drawn takes nothing else with it: the rest of the desk goes on, and another conversation can be opened. */
export class Fallen extends Component<Props, State> {
  override readonly state: State = { fallen: false, at: this.props.at };

  static getDerivedStateFromProps({ at }: Props, before: State): State | null {
    return at === before.at ? null : { fallen: false, at };
  }

  static getDerivedStateFromError(): Pick<State, 'fallen'> {
    return { fallen: true };
  }

  override render(): ReactNode {
    return this.state.fallen ? <Told /> : this.props.children;
  }
}

function Told() {
  const words = useWords();
  return (
    <p className="empty" role="alert">
      {words('desk.fallen')}
    </p>
  );
}
