CREATE TABLE `looks` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`steward_id` text NOT NULL,
	`line` text NOT NULL,
	`looked_at` integer NOT NULL,
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `looks_by_near_miss` ON `looks` (`near_miss_id`);