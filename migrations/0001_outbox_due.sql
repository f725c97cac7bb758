DROP INDEX `outbox_change_waiting`;--> statement-breakpoint
DROP INDEX `outbox_home_waiting`;--> statement-breakpoint
DROP INDEX `outbox_pace`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `said_privately` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `thread_ts` text;--> statement-breakpoint
CREATE INDEX `outbox_pace` ON `outbox` (`lane`,`tried_at`) WHERE tried_at is not null;--> statement-breakpoint
-- What is being sent now is due when its lease ends; written by hand.
UPDATE `outbox` SET `due_at` = `lease_until` WHERE `state` = 'sending' AND `lease_until` IS NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` DROP COLUMN `lease_until`;