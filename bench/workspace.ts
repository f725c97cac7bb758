import { startWorkspace } from '../sandbox/workspace.ts';
import { answering } from './children.ts';

/** A local workspace in a process of its own, so that it does not count. */
const workspace = await startWorkspace({
  manifest: 'manifest.yml',
  people: [{ handle: 'maria', realName: 'Maria Lopez' }],
  channels: [{ name: 'payments-ops', members: ['maria'], app: true }],
});

/** Asked for its connection, or to have so many commands typed, each of which opens a modal. */
type Question = { appUrl: string } | { commands: number };

answering(async (question: Question) => {
  if ('appUrl' in question) {
    workspace.connectHttp(question.appUrl);
    const { apiUrl, botToken, signingSecret } = workspace;
    return { apiUrl, botToken, signingSecret };
  }
  const maria = workspace.person('maria');
  const before = workspace.calls.length;
  for (let typed = 0; typed < question.commands; typed += 1) {
    await maria.command('payments-ops', "/nearmiss the export had last month's rates");
    await workspace.until(() => maria.view());
    await maria.close();
  }
  return { calls: workspace.calls.length - before, complaints: workspace.complaints };
});
