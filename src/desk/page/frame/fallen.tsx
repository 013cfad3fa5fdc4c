import { Component, type ReactNode } from 'react';
import { useWords } from '../words.tsx';

interface Props {
  readonly children: ReactNode;
  /** Where the agent is: somewhere else it is tried anew. */
  readonly at: string;
}

/** What can't be drawn takes nothing else with it: the rest of the desk goes on, and another conversation can be opened. */
export class Fallen extends Component<Props, { readonly fallen: boolean }> {
  override readonly state = { fallen: false };

  static getDerivedStateFromError(): { fallen: boolean } {
    return { fallen: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.fallen && before.at !== this.props.at) this.setState({ fallen: false });
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
