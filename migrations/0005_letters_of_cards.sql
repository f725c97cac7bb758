DROP INDEX `outbox_letters`;--> statement-breakpoint
CREATE INDEX `outbox_letters` ON `outbox` (`team_id`) WHERE kind in ('digest_part', 'digest_change', 'card', 'card_removal') and state in ('refused', 'asked');
