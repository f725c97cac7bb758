-- Written by hand: the workspace of each row comes from its digest or its near-miss, and drizzle cannot say WITHOUT ROWID.
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
