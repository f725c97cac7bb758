-- WITHOUT ROWID is written by hand, see src/storage/schema.ts.
CREATE TABLE `channel_tellings` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`author` text NOT NULL,
	PRIMARY KEY(`near_miss_id`, `author`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
-- What was added before is taken to be written under who may read the story now.
INSERT INTO `channel_tellings` (`team_id`, `near_miss_id`, `author`)
SELECT `near_misses`.`team_id`, `near_misses`.`id`, `author` FROM (
	SELECT `near_miss_id`, `author` FROM `answers`
	UNION SELECT `near_miss_id`, `author` FROM `saves`
	UNION SELECT `near_miss_id`, `author` FROM `signals`
	UNION SELECT `near_miss_id`, `author` FROM `key_players`
) JOIN `near_misses` ON `near_misses`.`id` = `near_miss_id`
WHERE `author` <> '' AND `audience` = 'channel';
