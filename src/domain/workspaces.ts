import type { DigestDefinition, DigestSettings } from './digest/digest.ts';
import type { FormerSteward } from './stewards/standing.ts';

/** What a workspace has settled. */
export type Settings = {
  /** User ids of those who look after near-misses. */
  stewards: string[];
  /** Absent until a channel was chosen. */
  digest?: DigestDefinition | undefined;
  /** When Slack last refused a chart here; it is not tried again for a week. */
  chartRefusedAt?: number | undefined;
  /** The channel that takes no digest, of which stewards were told. */
  refusedChannel?: string | undefined;
  /** Those of the stewards who are none any more, as the others were told. */
  formerStewards?: FormerSteward[] | undefined;
};

/** What is settled anew: of the digest, all of it. */
export type SettingsChange = Partial<Omit<Settings, 'digest'> & { digest: DigestSettings }>;

export type Workspaces = {
  /** Notes a workspace, or its new name. */
  remember: (workspace: { teamId: string; name: string }) => Promise<void>;
  /** The settings of a workspace; those of a new one if it is not known. */
  settings: (teamId: string) => Promise<Settings>;
  /** Settles something anew; the rest stays as it is. */
  change: (teamId: string, settings: SettingsChange) => Promise<void>;
  /** The channel of the digest is called this by now. Nothing where the digest goes elsewhere meanwhile. */
  renameDigestChannel: (of: { teamId: string; channelId: string; name: string }) => Promise<void>;
};
