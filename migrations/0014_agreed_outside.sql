ALTER TABLE `digest_lines` ADD `for_good` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `digest_lines` SET `for_good` = 1 WHERE EXISTS (
	SELECT 1 FROM `near_misses` WHERE `near_misses`.`id` = `digest_lines`.`near_miss_id` AND `near_misses`.`team_id` = `digest_lines`.`team_id` AND `near_misses`.`not_for_digest` = 1
);--> statement-breakpoint
ALTER TABLE `digests` ADD `shared_outside` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `digests` SET `shared_outside` = 1 WHERE EXISTS (
	SELECT 1 FROM `digest_definitions` WHERE `digest_definitions`.`team_id` = `digests`.`team_id` AND `digest_definitions`.`channel_id` = `digests`.`channel_id` AND `digest_definitions`.`shared_outside` = 1
);--> statement-breakpoint
DROP INDEX `outbox_pace`;--> statement-breakpoint
CREATE INDEX `outbox_pace` ON `outbox` (`team_id`,`lane`,`tried_at`) WHERE tried_at is not null;
