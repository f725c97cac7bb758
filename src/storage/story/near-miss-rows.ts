import type { Conversation, Kept } from '../../domain/near-miss.ts';
import type { nearMisses } from '../schema.ts';

export type Row = typeof nearMisses.$inferSelect;

/** A row in the words of the domain. */
export function keptOf(row: Row): Kept {
  const { cardChannelId: channelId, cardThreadTs: threadTs, cardTs: ts } = row;
  return {
    id: row.id,
    teamId: row.teamId,
    number: row.number ?? undefined,
    tier: row.tier,
    audience: row.audience,
    reporterId: row.reporterId ?? undefined,
    stewardsThen: JSON.parse(row.stewardsThen) as string[],
    conversation: conversationOf(row),
    capturedAt: row.capturedAt,
    summary: row.summary,
    reached: row.reached ?? undefined,
    toldAt: row.toldAt ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
    card:
      channelId === null ? undefined : { channelId, threadTs: threadTs ?? undefined, ts: ts ?? undefined },
    ...(row.cardForOutsiders === 1 && { cardForOutsiders: true }),
  };
}

function conversationOf({ channelId: id, channelName, channelKind }: Row): Conversation | undefined {
  return id === null ? undefined : { id, name: channelName ?? '', kind: channelKind ?? 'private' };
}
