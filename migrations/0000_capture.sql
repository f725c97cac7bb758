-- WITHOUT ROWID is written by hand, see src/storage/schema.ts.
CREATE TABLE `answers` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`author` text NOT NULL,
	`question` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`near_miss_id`, `author`, `question`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `key_players` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`author` text NOT NULL,
	`person_id` text NOT NULL,
	`made_possible` text,
	PRIMARY KEY(`near_miss_id`, `author`, `person_id`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `near_misses` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`number` integer,
	`tier` text NOT NULL,
	`audience` text NOT NULL,
	`reporter_id` text,
	`stewards_then` text DEFAULT '[]' NOT NULL,
	`channel_id` text,
	`channel_name` text,
	`channel_kind` text,
	`captured_at` integer NOT NULL,
	`summary` text NOT NULL,
	`system_id` text,
	`reached` text,
	`told_at` integer,
	`withdrawn_at` integer,
	`card_channel_id` text,
	`card_thread_ts` text,
	`card_ts` text,
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `near_misses_by_number` ON `near_misses` (`team_id`,`number`);--> statement-breakpoint
CREATE INDEX `near_misses_by_reporter` ON `near_misses` (`team_id`,`reporter_id`,`captured_at`);--> statement-breakpoint
CREATE INDEX `near_misses_by_audience` ON `near_misses` (`team_id`,`audience`,`captured_at`);--> statement-breakpoint
CREATE INDEX `near_misses_by_system` ON `near_misses` (`system_id`);--> statement-breakpoint
CREATE INDEX `near_misses_without_number` ON `near_misses` (`team_id`,`captured_at`) WHERE number is null and withdrawn_at is null;--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`part_id` text NOT NULL,
	`team_id` text NOT NULL,
	`kind` text NOT NULL,
	`near_miss_id` text,
	`lane` text NOT NULL,
	`person_id` text,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`owner` text,
	`lease_until` integer,
	`channel_id` text,
	`ts` text,
	`why` text,
	`created_at` integer NOT NULL,
	`tried_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_part_id_unique` ON `outbox` (`part_id`);--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`due_at`) WHERE state in ('pending', 'sending', 'unsure');--> statement-breakpoint
CREATE INDEX `outbox_by_lane` ON `outbox` (`lane`,`seq`) WHERE state in ('pending', 'sending', 'unsure');--> statement-breakpoint
CREATE INDEX `outbox_pace` ON `outbox` (`lane`,`tried_at`);--> statement-breakpoint
CREATE INDEX `outbox_by_near_miss` ON `outbox` (`near_miss_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_once` ON `outbox` (`kind`,`near_miss_id`) WHERE kind in ('card', 'confirmation');--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_change_waiting` ON `outbox` (`near_miss_id`) WHERE state = 'pending' and kind = 'card_change';--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_home_waiting` ON `outbox` (`lane`) WHERE state = 'pending' and kind = 'home';--> statement-breakpoint
CREATE TABLE `saves` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`author` text NOT NULL,
	`position` integer NOT NULL,
	`text` text NOT NULL,
	`kind` text,
	PRIMARY KEY(`near_miss_id`, `author`, `position`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `signals` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`author` text NOT NULL,
	`kind` text,
	`noticed` text,
	`seen_where` text,
	`tells_apart` text,
	PRIMARY KEY(`near_miss_id`, `author`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `systems` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `systems_by_key` ON `systems` (`team_id`,`key`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`team_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`last_number` integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;
