-- Written by hand where rows move: the workspace of each comes from its digest or its near-miss, the definition of a
-- digest from its workspace's settings. Drizzle cannot say WITHOUT ROWID.
CREATE TABLE `digest_definitions` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`audience` text NOT NULL,
	`channel_id` text NOT NULL,
	`channel_name` text NOT NULL,
	`shared_outside` integer NOT NULL,
	`weekday` integer NOT NULL,
	`minutes` integer NOT NULL,
	`zone` text NOT NULL,
	`preview_minutes` integer,
	`quiet_week` text NOT NULL,
	`replies` integer NOT NULL,
	`set_up_at` integer NOT NULL,
	`since` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `digest_definitions` SELECT lower(hex(randomblob(16))), `team_id`, 'everyone',
	json_extract(`settings`, '$.digest.channelId'), json_extract(`settings`, '$.digest.channelName'),
	coalesce(json_extract(`settings`, '$.digest.sharedOutside'), 0), json_extract(`settings`, '$.digest.weekday'),
	json_extract(`settings`, '$.digest.minutes'), json_extract(`settings`, '$.digest.zone'),
	json_extract(`settings`, '$.digest.previewMinutes'), json_extract(`settings`, '$.digest.quietWeek'),
	json_extract(`settings`, '$.digest.replies'), json_extract(`settings`, '$.digest.setUpAt'),
	json_extract(`settings`, '$.digest.since')
	FROM `workspaces` WHERE json_extract(`settings`, '$.digest') IS NOT NULL;--> statement-breakpoint
UPDATE `workspaces` SET `settings` = json_remove(`settings`, '$.digest');--> statement-breakpoint
CREATE INDEX `digest_definitions_by_team` ON `digest_definitions` (`team_id`);--> statement-breakpoint
DROP INDEX `digests_by_week`;--> statement-breakpoint
ALTER TABLE `digests` ADD `definition_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `digests_by_week` ON `digests` (`team_id`,`definition_id`,`week`);--> statement-breakpoint
UPDATE `digests` SET `definition_id` = coalesce((SELECT `digest_definitions`.`id` FROM `digest_definitions` WHERE `digest_definitions`.`team_id` = `digests`.`team_id`), '');--> statement-breakpoint
CREATE TABLE `__new_digest_parts` (
	`team_id` text NOT NULL,
	`digest_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`near_miss_id` text,
	`ts` text,
	PRIMARY KEY(`digest_id`, `position`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_digest_parts` SELECT `digests`.`team_id`, `digest_id`, `position`, `kind`, `near_miss_id`, `ts` FROM `digest_parts` JOIN `digests` ON `digests`.`id` = `digest_id`;--> statement-breakpoint
DROP TABLE `digest_parts`;--> statement-breakpoint
ALTER TABLE `__new_digest_parts` RENAME TO `digest_parts`;--> statement-breakpoint
CREATE INDEX `digest_parts_by_near_miss` ON `digest_parts` (`near_miss_id`);--> statement-breakpoint
CREATE TABLE `__new_digest_previews` (
	`team_id` text NOT NULL,
	`digest_id` text NOT NULL,
	`person_id` text NOT NULL,
	`position` integer NOT NULL,
	`channel_id` text NOT NULL,
	`ts` text NOT NULL,
	PRIMARY KEY(`digest_id`, `person_id`, `position`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_digest_previews` SELECT `digests`.`team_id`, `digest_id`, `person_id`, `position`, `digest_previews`.`channel_id`, `ts` FROM `digest_previews` JOIN `digests` ON `digests`.`id` = `digest_id`;--> statement-breakpoint
DROP TABLE `digest_previews`;--> statement-breakpoint
ALTER TABLE `__new_digest_previews` RENAME TO `digest_previews`;--> statement-breakpoint
CREATE TABLE `__new_digest_lines` (
	`team_id` text NOT NULL,
	`digest_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`steward_id` text NOT NULL,
	`line` text NOT NULL,
	PRIMARY KEY(`digest_id`, `near_miss_id`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_digest_lines` SELECT `near_misses`.`team_id`, `digest_lines`.`digest_id`, `near_miss_id`, `steward_id`, `line` FROM `digest_lines` JOIN `near_misses` ON `near_misses`.`id` = `near_miss_id`;--> statement-breakpoint
DROP TABLE `digest_lines`;--> statement-breakpoint
ALTER TABLE `__new_digest_lines` RENAME TO `digest_lines`;--> statement-breakpoint
CREATE TABLE `__new_wordings` (
	`team_id` text NOT NULL,
	`near_miss_id` text PRIMARY KEY NOT NULL,
	`steward_id` text NOT NULL,
	`wording` text NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_wordings` SELECT `near_misses`.`team_id`, `near_miss_id`, `steward_id`, `wording`, `state` FROM `wordings` JOIN `near_misses` ON `near_misses`.`id` = `near_miss_id`;--> statement-breakpoint
DROP TABLE `wordings`;--> statement-breakpoint
ALTER TABLE `__new_wordings` RENAME TO `wordings`;
